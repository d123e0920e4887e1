"""The numbers of a drawn face, in one table: Python's warp and the browser both draw by them.

`rig.browser_constants` writes them for JavaScript and GLSL; a contract test keeps the two alike.
"""
