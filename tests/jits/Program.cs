// Program.cs: what a .NET program does all day: generics, delegates, exceptions, threads, garbage, code made at run time.
using System;
using System.Collections.Generic;
using System.Reflection.Emit;
using System.Threading;

static class Program
{
    interface IShape { double Area(); }
    class Circle : IShape { public double R; public double Area() { return 3 * R * R; } }
    class Box : IShape { public double A, B; public double Area() { return A * B; } }

    static long Fib(int n) { return n < 2 ? n : Fib(n - 1) + Fib(n - 2); }

    static T Largest<T>(IEnumerable<T> all) where T : IComparable<T>
    {
        T best = default(T);
        foreach (T x in all) if (x.CompareTo(best) > 0) best = x;
        return best;
    }

    static int Caught()
    {
        int n = 0;
        for (int i = 0; i < 3000; i++)
            try { int[] a = new int[3]; a[i % 4]++; object o = i % 5 == 0 ? null : "x"; o.ToString(); }
            catch (IndexOutOfRangeException) { n++; }
            catch (NullReferenceException) { n += 10; }
        return n;
    }

    // A method for each number, compiled while the others run.
    static int Emitted()
    {
        int sum = 0;
        for (int i = 0; i < 300; i++) {
            var m = new DynamicMethod("m" + i, typeof(int), new[] { typeof(int) });
            var il = m.GetILGenerator();
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ret);
            sum += ((Func<int, int>)m.CreateDelegate(typeof(Func<int, int>)))(1000);
        }
        return sum;
    }

    static void Main()
    {
        long total = 0;
        var threads = new List<Thread>();
        for (int t = 0; t < 4; t++) {
            int k = t;
            threads.Add(new Thread(() => {
                var map = new Dictionary<string, int>();
                for (int i = 0; i < 20000; i++) { int v; string s = "k" + i % 97; map.TryGetValue(s, out v); map[s] = v + k; }
                Interlocked.Add(ref total, map["k5"]);
            }));
        }
        foreach (var t in threads) t.Start();
        foreach (var t in threads) t.Join();
        var shapes = new List<IShape>();
        for (int i = 0; i < 1000; i++) shapes.Add(i % 3 == 0 ? (IShape)new Circle { R = i } : new Box { A = i, B = 2 });
        double area = 0;
        foreach (var s in shapes) area += s.Area();
        Console.WriteLine("{0} {1} {2} {3} {4} {5} {6}", Fib(25), Largest(new[] { 3, 9, 4 }), Largest(new[] { "b", "a" }), Caught(), Emitted(), total, area);
    }
}
