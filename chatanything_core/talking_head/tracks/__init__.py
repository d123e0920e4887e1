"""The parts of a motion, each from random streams of its own.

Every part is a function of the moment alone: who it is, the seed, and seconds since this face
came to life. So a plan of ten seconds is the same whether it was made alone or within an hour,
and costs as much as ten seconds do. What is said is laid over it.
"""
