"""One SVG to a PNG, in a process of its own with bounded memory and time.

Run as a script: the renderer is native code that is given files of anybody's making. What it
cannot bear ends this process and nothing else.

Arguments: folder of the package resvg_py; width, height (0 is as the drawing says); most MiB of
memory; most seconds of CPU. Reads the SVG from standard input, writes the PNG to standard output.
"""

import sys


def main() -> None:
    """Answer one request."""
    folder, width, height, memory, seconds = sys.argv[1:6]
    sys.path.insert(0, folder)
    import resvg_py

    try:
        import resource

        size = int(memory) << 20
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        pass  # Windows has no such limits; there the caller's clock is what ends it
    text = sys.stdin.buffer.read().decode("utf-8")
    data = resvg_py.svg_to_bytes(
        svg_string=text,
        width=int(width) or None,
        height=int(height) or None,
        skip_system_fonts=True,
        dpi=96.0,
    )
    sys.stdout.buffer.write(bytes(data))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
