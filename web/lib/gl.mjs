// The few words of WebGL2 that drawing a face needs.

/** @typedef {WebGL2RenderingContext} GL */
/** @typedef {Record<string, number | boolean | ArrayLike<number>>} Uniforms */
/**
 * @typedef {object} Program
 * @property {WebGLProgram} made
 * @property {Map<string, { place: WebGLUniformLocation, type: number }>} uniforms
 */

/**
 * @param {GL} gl @param {string} vertex @param {string} fragment
 * @returns {Program}
 */
export function program(gl, vertex, fragment) {
  const made = gl.createProgram();
  for (const [kind, text] of /** @type {const} */ ([[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]])) {
    const shader = /** @type {WebGLShader} */ (gl.createShader(kind));
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS) && !gl.isContextLost()) {
    const logs = gl.getAttachedShaders(made)?.map((shader) => gl.getShaderInfoLog(shader)) ?? [];
    throw new Error(`A shader was refused: ${[gl.getProgramInfoLog(made), ...logs].filter(Boolean).join("; ")}`);
  }
  return { made, uniforms: uniformsOf(gl, made) };
}

/** @param {GL} gl @param {WebGLProgram} made */
function uniformsOf(gl, made) {
  /** @type {Program["uniforms"]} */
  const found = new Map();
  const count = gl.getProgramParameter(made, gl.ACTIVE_UNIFORMS) ?? 0;
  for (let i = 0; i < count; i++) {
    const told = gl.getActiveUniform(made, i);
    for (let k = 0; told && k < told.size; k++) {
      const name = told.size > 1 ? told.name.replace(/\[0\]$/, `[${k}]`) : told.name;
      const place = gl.getUniformLocation(made, name);
      if (place) found.set(name, { place, type: told.type });
    }
  }
  return found;
}

/**
 * Use a program with these values; names that it does not have are passed over.
 * @param {GL} gl @param {Program} of @param {Uniforms} values
 */
export function use(gl, of, values) {
  gl.useProgram(of.made);
  for (const name in values) {
    const found = of.uniforms.get(name), value = values[name];
    if (!found) continue;
    const { place, type } = found, list = typeof value === "object" ? value : [Number(value)];
    if (type === gl.FLOAT) gl.uniform1f(place, list[0]);
    else if (type === gl.FLOAT_VEC2) gl.uniform2fv(place, /** @type {number[]} */ (list));
    else if (type === gl.FLOAT_VEC3) gl.uniform3fv(place, /** @type {number[]} */ (list));
    else if (type === gl.FLOAT_VEC4) gl.uniform4fv(place, /** @type {number[]} */ (list));
    else if (type === gl.INT_VEC2) gl.uniform2iv(place, /** @type {number[]} */ (list));
    else gl.uniform1i(place, list[0]);
  }
}

/** Format, layout and type of textures by what they hold. @param {GL} gl */
const formats = (gl) => ({
  rgba: [gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE],
  red: [gl.R8, gl.RED, gl.UNSIGNED_BYTE],
  two: [gl.RG32F, gl.RG, gl.FLOAT],
  four: [gl.RGBA32F, gl.RGBA, gl.FLOAT],
});
/** @typedef {"rgba" | "red" | "two" | "four"} Kind */

/** Textures, buffers and framebuffers that are given back together. */
export class Resources {
  /** @param {GL} gl */
  constructor(gl) {
    this.gl = gl;
    /** @type {Array<() => void>} */
    this.given = [];
  }

  /**
   * @param {Kind} kind @param {number} width @param {number} height
   * @param {ArrayBufferView | null} data @param {boolean} [linear]
   * @returns {WebGLTexture}
   */
  texture(kind, width, height, data, linear = false) {
    const { gl } = this, [inner, layout, type] = formats(gl)[kind], made = this.empty(linear);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.texImage2D(gl.TEXTURE_2D, 0, inner, width, height, 0, layout, type, data);
    return made;
  }

  /** A picture with straight alpha, its first row first. @param {ImageBitmap} bitmap */
  picture(bitmap) {
    const { gl } = this, made = this.empty(false);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.pixelStorei(gl.UNPACK_COLORSPACE_CONVERSION_WEBGL, gl.NONE);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, bitmap);
    return made;
  }

  /** @param {boolean} linear */
  empty(linear) {
    const { gl } = this, made = gl.createTexture(), filter = linear ? gl.LINEAR : gl.NEAREST;
    this.given.push(() => gl.deleteTexture(made));
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, made);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, filter);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, filter);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    return made;
  }

  /** What draws into a texture. @param {WebGLTexture} texture */
  target(texture) {
    const { gl } = this, made = gl.createFramebuffer();
    this.given.push(() => gl.deleteFramebuffer(made));
    gl.bindFramebuffer(gl.FRAMEBUFFER, made);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    return made;
  }

  /** Indices of triangles. @param {Uint32Array} list */
  triangles(list) {
    const { gl } = this, made = gl.createBuffer();
    this.given.push(() => gl.deleteBuffer(made));
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, made);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, list, gl.STATIC_DRAW);
    return made;
  }

  giveBack() {
    for (const give of this.given.splice(0)) give();
  }
}

/**
 * Fill a texture anew.
 * @param {GL} gl @param {WebGLTexture} texture @param {"two" | "four"} kind
 * @param {number} columns @param {number} rows @param {Float32Array} data
 */
export function refill(gl, texture, kind, columns, rows, data) {
  const [, layout, type] = formats(gl)[kind];
  gl.activeTexture(gl.TEXTURE0);
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, columns, rows, layout, type, data);
}

/** @param {GL} gl @param {readonly WebGLTexture[]} textures bound to units 0, 1, ... */
export function bind(gl, textures) {
  textures.forEach((texture, unit) => {
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.bindTexture(gl.TEXTURE_2D, texture);
  });
}
