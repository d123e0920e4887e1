// Draws one character in any pose: what talking_head/warp/warp_head.py does, on a graphics card.
import { CONSTANTS as C } from "./constants.mjs";
import { axesOf, EyesPainter } from "./eyes.mjs";
import { Basis } from "./fields.mjs";
import { bind, refill, Resources, use } from "./gl.mjs";
import { areaOf, carriedMesh, meshOver } from "./mesh.mjs";
import { Lips, mouthWeights, skinWeights } from "./mouth.mjs";
import { AT, restingRow } from "./pose.mjs";

/** @import { GL, Program, Uniforms } from "./gl.mjs" */
/** @import { Grid, Rig, RigInterior } from "./rig.mjs" */
/** @import { Area, Mesh } from "./mesh.mjs" */
/** @import { Opening } from "./mouth.mjs" */
/** @import { Row } from "./pose.mjs" */
/** @import { Programs } from "./programs.mjs" */

/** Texture units of what the meshes read. */
const UNITS = { source: 0, skull: 1, mouth: 2, brow: 3, shade: 4, lips: 5, teeth: 6 };
/** Pixels around the opening that its edges may reach. */
const RIM = 6;

export class Painter {
  /**
   * @param {GL} gl @param {Programs} programs @param {Rig} rig @param {ImageBitmap} picture
   * @param {number} [scale] of what is drawn, over the size of the portrait
   */
  constructor(gl, programs, rig, picture, scale = 1) {
    this.gl = gl;
    this.programs = programs;
    gl.disable(gl.DITHER);
    this.rig = rig;
    this.scale = scale;
    this.drawnSize = rig.size.map((side) => Math.max(Math.round(side * scale), 1));
    const resources = (this.resources = new Resources(gl));
    this.skull = new Basis(rig.skull);
    this.upper = new Basis(rig.mouth.upper);
    this.lower = new Basis(rig.mouth.lower);
    this.brows = new Basis(rig.brows);
    this.lips = new Lips(rig.mouth);
    this.layers = new Float32Array(2 * this.upper.forward.length);
    /** Weights of the mouth that its textures show. */
    this.weighed = "";
    /** @type {Opening} */
    this.opening = { left: 0, right: 0, jaw: 0, widest: 0, high: 0, low: 0 };
    this.textures = this.texturesOf(picture);
    this.eyes = new EyesPainter(gl, resources, programs, rig.eyes, this.doubled(picture));
    const around = rig.shade ? [rig.mouth.upper.grid, rig.shade.grid] : [rig.mouth.upper.grid];
    this.meshes = {
      head: meshOver(resources, [rig.skull.grid.left, rig.skull.grid.top], rig.size, rig.skull.grid.cell),
      brows: areaOf(resources, [rig.brows.grid]),
      mouth: areaOf(resources, around),
    };
    this.constants = this.constantsOf();
  }

  /** @param {ImageBitmap} picture */
  texturesOf(picture) {
    const { resources, rig } = this, teeth = rig.interior?.teeth?.picture;
    /** @param {Grid} grid @param {"two" | "four"} kind @param {Float32Array | null} data */
    const over = (grid, kind, data = null) => resources.texture(kind, grid.columns, grid.rows, data);
    this.doubledSize = [2 * picture.width - 1, 2 * picture.height - 1];
    const [width, height] = this.doubledSize;
    return {
      source: resources.texture("rgba", width, height, null, true),
      skull: over(rig.skull.grid, "two"),
      mouth: over(rig.mouth.upper.grid, "four"),
      brow: over(rig.brows.grid, "two"),
      shade: rig.shade ? over(rig.shade.grid, "two", rig.shade.fields.data) : resources.texture("two", 1, 1, new Float32Array(2)),
      lips: resources.texture("four", C.FIELD_TABLE_COUNT, 1, null),
      teeth: resources.texture("rgba", teeth?.shape[1] ?? 1, teeth?.shape[0] ?? 1, teeth?.data ?? new Uint8Array(4)),
    };
  }

  /**
   * The picture with half-pel samples, twice: as it is, and to have its eyes painted.
   * @param {ImageBitmap} picture
   */
  doubled(picture) {
    const { gl, resources, programs, textures } = this, size = /** @type {number[]} */ (this.doubledSize);
    const own = resources.picture(picture), wide = resources.texture("rgba", size[0], picture.height, null);
    const still = resources.texture("rgba", size[0], size[1], null), source = resources.target(textures.source);
    /** @param {WebGLTexture} from @param {WebGLFramebuffer} to @param {number[]} whole @param {Program} by @param {Uniforms} told */
    const pass = (from, to, whole, by, told) => {
      gl.bindFramebuffer(gl.FRAMEBUFFER, to);
      gl.viewport(0, 0, whole[0], whole[1]);
      bind(gl, [from]);
      use(gl, by, { ...told, size: whole, box: [0, 0, ...whole], flipped: false });
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    };
    pass(own, resources.target(wide), [size[0], picture.height], programs.doubled, { picture: 0, along: [1, 0] });
    pass(wide, resources.target(still), size, programs.doubled, { picture: 0, along: [0, 1] });
    pass(still, source, size, programs.copy, { still: 0 });
    return { size, still, source };
  }

  constantsOf() {
    const { rig } = this, { axes } = rig.mouth, interior = rig.interior;
    /** @param {Grid} grid */
    const placed = (grid) => [grid.left, grid.top, 1 / grid.cell];
    const { dark, flesh, enamel, lining, rest, seam, soft } = interior ?? /** @type {Partial<RigInterior>} */ ({});
    const lit = interior ? { dark, flesh, enamel, lining, rest, seam, soft, teethCorner: interior.teeth?.corner ?? [0, 0] } : {};
    return /** @type {Uniforms} */ ({
      ...UNITS, ...lit, size: rig.size, doubled: this.doubledSize, axes: axesOf(axes), unit: axes.unit, shrink: this.scale,
      skullGrid: placed(rig.skull.grid), mouthGrid: placed(rig.mouth.upper.grid), browGrid: placed(rig.brows.grid), shadeGrid: placed(rig.shade?.grid ?? rig.brows.grid),
    });
  }

  /**
   * Draw a pose into a framebuffer, first row first, or on the canvas.
   * @param {Row} row @param {WebGLFramebuffer | null} [target]
   */
  draw(row, target = null) {
    const { gl, programs, textures } = this, flipped = target === null;
    const brows = this.browsMove(row);
    this.solve(row);
    this.eyes.show(row);
    gl.bindFramebuffer(gl.FRAMEBUFFER, target);
    gl.viewport(0, 0, this.drawnSize[0], this.drawnSize[1]);
    bind(gl, Object.values(textures));
    const all = { ...this.constants, flipped };
    this.mesh(programs.head, this.meshes.head, all, this.meshes.head.corner);
    if (brows) this.area(programs.brows, this.meshes.brows, all);
    const skin = skinWeights(row), seen = this.rig.shade && Math.max(...skin) >= C.MOUTH_SKIN_SEEN;
    this.area(programs.mouth, this.meshes.mouth, { ...all, brows, skin: seen ? skin : [0, 0] });
    this.inside(row, this.opening, all);
  }

  /** Where the head and the mouth have moved, into textures. @param {Row} row */
  solve(row) {
    const { gl, rig, textures } = this, { columns, rows } = rig.skull.grid;
    this.skull.mix(row.subarray(AT.headX, AT.breath + 1));
    this.skull.soften();
    refill(gl, textures.skull, "two", columns, rows, this.skull.inverse());
    const weights = mouthWeights(rig.mouth.names, row, rig.mouth.room), told = weights.join();
    // A mouth that does not move is most of a silent face's work.
    if (told !== this.weighed) this.solveMouth(weights);
    this.weighed = told;
  }

  /** @param {readonly number[]} weights */
  solveMouth(weights) {
    const { gl, rig, textures, layers } = this, { columns, rows } = rig.mouth.upper.grid;
    const up = this.upper.backward(weights), low = this.lower.backward(weights);
    for (let i = 0, j = 0; i < up.length; i += 2, j += 4) {
      layers[j] = up[i];
      layers[j + 1] = up[i + 1];
      layers[j + 2] = low[i];
      layers[j + 3] = low[i + 1];
    }
    this.opening = this.lips.move(weights);
    refill(gl, textures.mouth, "four", columns, rows, layers);
    refill(gl, textures.lips, "four", C.FIELD_TABLE_COUNT, 1, this.lips.texels);
  }

  /** Whether brows move; if so, where to. @param {Row} row */
  browsMove(row) {
    const told = row.subarray(AT.browLeft, AT.frown + 1), { grid } = this.rig.brows;
    if (!told.some(Boolean)) return false;
    this.brows.mix(told);
    this.brows.soften();
    refill(this.gl, this.textures.brow, "two", grid.columns, grid.rows, this.brows.inverse());
    return true;
  }

  /** @param {Program} program @param {Mesh} mesh @param {Uniforms} told @param {number[]} corner */
  mesh(program, mesh, told, corner) {
    const { gl } = this;
    use(gl, program, { ...told, corner, columns: mesh.columns, stride: mesh.stride });
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, mesh.indices);
    gl.drawElements(gl.TRIANGLES, mesh.count, gl.UNSIGNED_INT, 0);
  }

  /** @param {Program} program @param {Area} area @param {Uniforms} told */
  area(program, area, told) {
    const { least, most } = this.carried(area.low, area.high), { mesh, corner } = carriedMesh(area, least, most);
    this.mesh(program, mesh, told, corner);
  }

  /**
   * Least and most that anything between two pixels is carried; as HeadPoseField.carried in Python.
   * @param {number[]} low @param {number[]} high
   */
  carried(low, high) {
    const middle = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2], { least, most } = this.ways(middle, middle);
    return this.ways([low[0] + least[0], low[1] + least[1]], [high[0] + most[0], high[1] + most[1]]);
  }

  /** Least and most of the way to places of the picture. @param {number[]} low @param {number[]} high */
  ways(low, high) {
    const { rows, columns, cell, left, top } = this.rig.skull.grid, corner = [left, top], { back } = this.skull, count = [columns, rows];
    const first = [0, 1].map((k) => Math.min(Math.max(Math.floor((low[k] - corner[k]) / cell), 0), count[k] - 1));
    const last = [0, 1].map((k) => Math.min(Math.max(Math.ceil((high[k] - corner[k]) / cell), first[k]), count[k] - 1));
    const least = [Infinity, Infinity], most = [-Infinity, -Infinity];
    for (let y = first[1]; y <= last[1]; y++)
      for (let x = first[0]; x <= last[0]; x++)
        for (let k = 0; k < 2; k++) {
          const way = -back[2 * (y * columns + x) + k];
          least[k] = Math.min(least[k], way);
          most[k] = Math.max(most[k], way);
        }
    return { least, most };
  }

  /**
   * The inside of the mouth, over what was drawn.
   * @param {Row} row @param {Opening} opening @param {Uniforms} all
   */
  inside(row, opening, all) {
    const { gl, rig: { interior, mouth } } = this;
    if (!interior || ((opening.low - opening.high) * mouth.axes.unit < C.MOUTH_SEEN_APART && !interior.seam)) return;
    const { left, right, jaw, widest } = opening;
    const moved = { tongue: row[AT.tongue], together: row[AT.teeth], wide: row[AT.wide], rounded: row[AT.round] };
    gl.enable(gl.BLEND);
    // On a canvas colours are times alpha, and so must be what is laid over them.
    gl.blendFuncSeparate(all.flipped ? gl.DST_ALPHA : gl.ONE, gl.ONE_MINUS_SRC_ALPHA, gl.ZERO, gl.ONE);
    const program = this.programs.interior({ flat: interior.flat, teeth: interior.teeth !== null });
    use(gl, program, { ...all, ...moved, left, right, jaw, widest, box: this.openingBox(opening) });
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    gl.disable(gl.BLEND);
  }

  /** Pixels around the opening: those that it had at rest, carried along. @param {Opening} opening */
  openingBox({ left, right, high, low }) {
    const { rig } = this, { origin, x, unit } = rig.mouth.axes;
    const corners = [left, right].flatMap((u) => [high, low].map((v) => [u * x[0] - v * x[1], u * x[1] + v * x[0]]));
    /** @param {(...of: number[]) => number} end */
    const ends = (end) => [0, 1].map((k) => end(...corners.map((c) => origin[k] + unit * c[k])));
    const first = ends(Math.min), last = ends(Math.max), { least, most } = this.carried(first, last);
    /** @param {number} v @param {number} k */
    const inside = (v, k) => Math.min(Math.max(v, 0), rig.size[k]);
    return [...first.map((v, k) => inside(v + least[k] - RIM, k)), ...last.map((v, k) => inside(v + most[k] + RIM, k))];
  }

  /**
   * Draw all that a face can do, so that no program is made ready in the middle of a blink.
   */
  warm() {
    const row = restingRow();
    row.fill(0.5, AT.gazeX, AT.gazeY + 1);
    this.draw(row);
    row.fill(0.5);
    row[AT.closed] = 0;
    this.draw(row);
  }

  /** Give back what is on the graphics card. */
  dispose() {
    this.resources.giveBack();
  }
}
