/*
 * closures.c: libffi makes functions while the program runs (closures), and calls others by description. Closures of many
 * shapes are called from C, from qsort, from each other and from threads; freed and made anew at the same places.
 */
#include <ffi.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pair { double x; int32_t n; };
struct four { float a, b, c, d; };

static unsigned made, wrong;

/* A function with its own data: what a closure is for. Freed by drop(). */
static void *make(ffi_cif *cif, void (*body)(ffi_cif *, void *, void **, void *), void *data, ffi_closure **c)
{
    void *code;

    *c = ffi_closure_alloc(sizeof **c, &code);
    if (!*c || ffi_prep_closure_loc(*c, cif, body, data, code) != FFI_OK)
        exit(3);
    __atomic_add_fetch(&made, 1, __ATOMIC_RELAXED);
    return code;
}

static void add_data(ffi_cif *cif, void *result, void **arg, void *data)
{
    *(ffi_sarg *)result = *(int *)arg[0] + (int)(intptr_t)data;
}

static void compare(ffi_cif *cif, void *result, void **arg, void *data)
{
    int a = **(int **)arg[0], b = **(int **)arg[1];

    *(ffi_sarg *)result = (a > b) - (a < b) == 0 ? 0 : ((a > b) - (a < b)) * (int)(intptr_t)data;
}

static void mix(ffi_cif *cif, void *result, void **arg, void *data)
{
    double sum = *(double *)data;

    for (unsigned i = 0; i < cif->nargs; i++)
        sum += i % 3 == 0 ? (double)*(int64_t *)arg[i] : i % 3 == 1 ? *(double *)arg[i] : (double)*(float *)arg[i];
    *(double *)result = sum;
}

static void swap_pair(ffi_cif *cif, void *result, void **arg, void *data)
{
    struct pair p = *(struct pair *)arg[0];

    *(struct pair *)result = (struct pair){.x = p.n, .n = (int32_t)p.x};
}

static void turn_four(ffi_cif *cif, void *result, void **arg, void *data)
{
    struct four f = *(struct four *)arg[1];

    *(struct four *)result = (struct four){f.d, f.a, f.b, f.c + *(float *)arg[0]};
}

static void check(int ok, const char *what)
{
    if (!ok && __atomic_add_fetch(&wrong, 1, __ATOMIC_RELAXED) < 10)
        printf("wrong: %s\n", what);
}

/* Closures are made, called and freed in turn: the same memory becomes other functions. */
static void *integers(void *arg)
{
    ffi_type *types[] = {&ffi_type_sint};
    ffi_closure *c[50];
    int (*f[50])(int);
    ffi_cif cif;

    ffi_prep_cif(&cif, FFI_DEFAULT_ABI, 1, &ffi_type_sint, types);
    for (int round = 0; round < 40; round++) {
        for (int i = 0; i < 50; i++)
            f[i] = make(&cif, add_data, (void *)(intptr_t)(round * 100 + i), &c[i]);
        for (int i = 0; i < 50; i++)
            check(f[i](7) == 7 + round * 100 + i, "an integer");
        for (int i = 0; i < 50; i++)
            ffi_closure_free(c[i]);
    }
    return NULL;
}

static void sorting(void)
{
    ffi_type *types[] = {&ffi_type_pointer, &ffi_type_pointer};
    ffi_closure *up, *down;
    ffi_cif cif;
    int v[5000];

    ffi_prep_cif(&cif, FFI_DEFAULT_ABI, 2, &ffi_type_sint, types);
    int (*ascending)(const void *, const void *) = make(&cif, compare, (void *)1, &up);
    int (*descending)(const void *, const void *) = make(&cif, compare, (void *)-1, &down);
    for (int i = 0; i < 5000; i++)
        v[i] = i * 7919 % 5003;
    qsort(v, 5000, sizeof *v, ascending);
    for (int i = 1; i < 5000; i++)
        check(v[i - 1] <= v[i], "ascending");
    qsort(v, 5000, sizeof *v, descending);
    for (int i = 1; i < 5000; i++)
        check(v[i - 1] >= v[i], "descending");
    ffi_closure_free(up);
    ffi_closure_free(down);
}

/* More arguments than registers, of three kinds; called by C and by ffi_call. */
static void many_arguments(void)
{
    ffi_type *types[21];
    ffi_closure *c;
    ffi_cif cif;
    double base = 0.5, result;
    int64_t n = 3;
    double d = 0.25;
    float f = 1.5f;
    void *arg[21];

    for (int i = 0; i < 21; i++) {
        types[i] = i % 3 == 0 ? &ffi_type_sint64 : i % 3 == 1 ? &ffi_type_double : &ffi_type_float;
        arg[i] = i % 3 == 0 ? (void *)&n : i % 3 == 1 ? (void *)&d : (void *)&f;
    }
    ffi_prep_cif(&cif, FFI_DEFAULT_ABI, 21, &ffi_type_double, types);
    void *code = make(&cif, mix, &base, &c);
    ffi_call(&cif, code, &result, arg);
    check(result == 0.5 + 7 * (3 + 0.25 + 1.5), "ffi_call of 21 arguments");
#define THREE(i) int64_t, double, float
    double (*direct)(THREE(0), THREE(1), THREE(2), THREE(3), THREE(4), THREE(5), THREE(6)) = code;
    result = direct(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21);
    check(result == 231.5, "a call of 21 arguments");
    ffi_closure_free(c);
}

static void structures(void)
{
    ffi_type *in_pair[] = {&ffi_type_double, &ffi_type_sint32, NULL};
    ffi_type *in_four[] = {&ffi_type_float, &ffi_type_float, &ffi_type_float, &ffi_type_float, NULL};
    ffi_type pair = {0, 0, FFI_TYPE_STRUCT, in_pair}, four = {0, 0, FFI_TYPE_STRUCT, in_four};
    ffi_type *one[] = {&pair}, *two[] = {&ffi_type_float, &four};
    ffi_closure *c, *d;
    ffi_cif cif, cif4;

    ffi_prep_cif(&cif, FFI_DEFAULT_ABI, 1, &pair, one);
    ffi_prep_cif(&cif4, FFI_DEFAULT_ABI, 2, &four, two);
    struct pair (*swap)(struct pair) = make(&cif, swap_pair, NULL, &c);
    struct four (*turn)(float, struct four) = make(&cif4, turn_four, NULL, &d);
    for (int i = 0; i < 1000; i++) {
        struct pair p = swap((struct pair){i, 2 * i});
        struct four f = turn(0.5f, (struct four){1, 2, 3, (float)i});

        check(p.x == 2 * i && p.n == i, "a pair");
        check(f.a == i && f.b == 1 && f.c == 2 && f.d == 3.5f, "four floats");
    }
    ffi_closure_free(c);
    ffi_closure_free(d);
}

int main(void)
{
    pthread_t t[4];

    sorting();
    many_arguments();
    structures();
    for (int i = 0; i < 4; i++)
        pthread_create(&t[i], NULL, integers, NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(t[i], NULL);
    printf("%u closures, %u wrong\n", made, wrong);
    return wrong != 0;
}
