# Python functions that C calls, through libffi's closures: from qsort, from threads, made and dropped in a loop.
import ctypes as c
import threading

libc = c.CDLL(None)
COMPARE = c.CFUNCTYPE(c.c_int, c.POINTER(c.c_int), c.POINTER(c.c_int))


def sort(n, sign):
    v = (c.c_int * n)(*[i * 7919 % 1009 for i in range(n)])
    libc.qsort(v, n, c.sizeof(c.c_int), COMPARE(lambda a, b: sign * (a[0] - b[0])))
    return list(v)


class Pair(c.Structure):
    _fields_ = [("x", c.c_double), ("n", c.c_int)]


results = []
threads = [threading.Thread(target=lambda i=i: results.append(sort(400, 1 if i & 1 else -1) == sorted(sort(400, 1), reverse=not i & 1)))
           for i in range(4)]
[t.start() for t in threads]
[t.join() for t in threads]
total = 0
for i in range(2000):
    total += c.CFUNCTYPE(c.c_long, c.c_long, c.c_double)(lambda a, b, i=i: a + int(b) + i)(i, 0.5)
swap = c.CFUNCTYPE(c.c_int, Pair, c.c_float)(lambda p, f: int(p.x * 100 + p.n + f))
print(results, total, swap(Pair(2.5, 7), 3.0), sum(sort(1000, 1)))
