/*
 * options.c: the command line and its environment twins, one row each. -h and
 * the environment names are made from the rows.
 */
#include "linux-user/internal.h"
#include "linux-user/syscall.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <unistd.h>

#ifndef MOA_VERSION
#define MOA_VERSION "0.1"
#endif

struct guest_options options = {.first_runs = 2};

/* GONE: taken and ignored, since older set-ups pass it. ACT: does something and ends. */
enum kind { TEXT, LIST, NUMBER, FLAG, GONE, ACT };
enum { INHERITED = 1 }; /* a program started by execve gets it too */

/* No pointers: the table costs no relocations at start. */
struct option {
    char name[17], env[18], value[12]; /* env: twin QEMU_<env> and MOA_<env> */
    uint8_t kind, traits;
    uint16_t offset;                   /* in struct guest_options */
    char help[108];
};

#define AT(field) offsetof(struct guest_options, field)
static const struct option table[] = {
    {"L", "LD_PREFIX", "path", TEXT, INHERITED, AT(prefix), "folder that holds the guest's dynamic linker and libraries"},
    {"cpu", "CPU", "model", TEXT, INHERITED, AT(cpu), "CPU model; 'help' lists them"},
    {"E", "SET_ENV", "var=value", LIST, 0, AT(set_env), "set a variable in the guest's environment (comma-separated)"},
    {"U", "UNSET_ENV", "var", LIST, 0, AT(unset_env), "remove a variable from the guest's environment (comma-separated)"},
    {"0", "ARGV0", "argv0", TEXT, 0, AT(argv0), "what the guest program gets as argv[0]"},
    {"r", "UNAME", "uname", TEXT, INHERITED, AT(uname), "kernel release that uname tells the guest"},
    {"s", "STACK_SIZE", "size", NUMBER, INHERITED, AT(stack_size), "stack size in bytes, K, M or G may follow"},
    {"B", "GUEST_BASE", "address", NUMBER, 0, AT(guest_base), "host address of guest address 0"},
    {"R", "RESERVED_VA", "size", NUMBER, 0, AT(reserved_va), "size of the guest's address space: all 4 GiB are always reserved"},
    {"p", "PAGESIZE", "size", GONE, 0, 0, "page size: it is 4096"},
    {"g", "GDB", "port", TEXT, 0, AT(gdb), "wait for gdb at a port or unix socket (%d: pid; ',suspend=n': do not wait)"},
    {"strace", "STRACE", "", FLAG, INHERITED, AT(strace), "log system calls"},
    {"d", "LOG", "item,...", LIST, INHERITED, AT(log), "log the items; 'help' lists them"},
    {"dfilter", "DFILTER", "range,...", TEXT, INHERITED, AT(dfilter), "log only code in these address ranges (a..b, a+len)"},
    {"D", "LOG_FILENAME", "file", TEXT, INHERITED, AT(log_file), "where logs go (%d: pid); otherwise stderr"},
    {"one-insn-per-tb", "ONE_INSN_PER_TB", "", FLAG, INHERITED, AT(one_insn), "translate one instruction at a time"},
    {"singlestep", "SINGLESTEP", "", FLAG, INHERITED, AT(one_insn), "the same"},
    {"interpret", "INTERPRET", "", FLAG, INHERITED, AT(interpret), "interpret, do not translate"},
    {"seed", "RAND_SEED", "seed", TEXT, INHERITED, AT(seed), "make random numbers of the start repeatable"},
    {"cache", "CACHE", "folder", TEXT, INHERITED, AT(cache), "where translations are kept for the next run; 'off': nowhere (default: ~/.cache/moa)"},
    {"first-runs", "FIRST_RUNS", "n", NUMBER, INHERITED, AT(first_runs), "code is interpreted so often before it is translated (0 to 3, default: 2)"},
    {"perfmap", "PERFMAP", "", FLAG, INHERITED, AT(perfmap), "write /tmp/perf-PID.map for perf"},
    {"jitdump", "JITDUMP", "", FLAG, INHERITED, AT(jitdump), "write jit-PID.dump for perf inject"},
    {"trace", "TRACE", "item", GONE, 0, 0, "taken and ignored: see -d"},
    {"plugin", "PLUGIN", "file", GONE, 0, 0, "taken and ignored: there are no plugins"},
    {"execfd", "", "fd", TEXT, 0, AT(exec_fd), "the program is open at this descriptor (how execve passes it on)"},
    {"syscalls", "", "", ACT, 0, 0, "print the table of system calls and exit"},
    {"version", "VERSION", "", ACT, 0, 0, "print the version and exit"},
    {"h", "", "", ACT, 0, 0, "print this help and exit"},
    {"help", "", "", ACT, 0, 0, "the same"},
};
static bool given[ARRAY_SIZE(table)];

static void *field(const struct option *o)
{
    return (char *)&options + o->offset;
}

/* ---- actions ---- */

static void print_help(void)
{
    printf("Usage: %s [options] program [arguments...]\n"
           "Runs a Linux program for %s on this machine. Options come before the program:\n\n", program_name, abi->name);
    for (unsigned i = 0; i < ARRAY_SIZE(table); i++) {
        char left[40];

        snprintf(left, sizeof left, "-%s %s", table[i].name, table[i].value);
        printf("  %-22s %s\n", left, table[i].help);
        if (table[i].env[0])
            printf("  %-22s   (environment: MOA_%s or QEMU_%s)\n", "", table[i].env, table[i].env);
    }
    printf("\nExample: %s -L %s ./hello\n"
           "The environment of the guest is ours with -E and -U applied. An option on the command line wins over its variable.\n",
           program_name, abi->linkers->folder);
    exit(0);
}

/* The first line is for scripts that parse the version of older emulators. */
static void print_version(void)
{
    printf("qemu-%s version 8.2.0 (moa " MOA_VERSION ")\n%s " MOA_VERSION ", runs Linux programs for %s\n", abi->name, program_name,
           abi->name);
    exit(0);
}

static void act(const struct option *o)
{
    if (!strcmp(o->name, "version"))
        print_version();
    if (!strcmp(o->name, "syscalls")) {
        syscalls_print(stdout);
        exit(0);
    }
    print_help();
}

void print_cpus(void)
{
    printf("Available CPUs:\n");
    for (const struct guest_cpu_model *m = guest_arch->models; m->name; m++)
        printf("  %-16s %s\n", m->name, m->summary);
    if (guest_arch->switches) {
        printf("Features, for model,feature=on or =off:\n ");
        for (const struct guest_cpu_switch *s = guest_arch->switches; s->name; s++)
            printf(" %s", s->name);
        printf("\n");
    }
    exit(0);
}

/* ---- values ---- */

static uint64_t parse_number(const struct option *o, const char *text)
{
    char *end;
    uint64_t v = strtoull(text, &end, 0), unit = 1;

    switch (toupper((unsigned char)*end)) {
    case 'K': unit = 1ull << 10, end++; break;
    case 'M': unit = 1ull << 20, end++; break;
    case 'G': unit = 1ull << 30, end++; break;
    }
    if (end == text || *end || v > ~0ull / unit)
        die("'%s' is not a number (given by -%s)", text, o->name);
    return v * unit;
}

static const char *append(const char *list, const char *more)
{
    size_t size;
    char *joined;

    if (!list)
        return more;
    size = strlen(list) + strlen(more) + 2;
    joined = malloc(size);
    if (!joined)
        die("out of memory");
    snprintf(joined, size, "%s,%s", list, more);
    return joined;
}

static void set(const struct option *o, const char *value)
{
    given[o - table] = true;
    switch (o->kind) {
    case TEXT:   *(const char **)field(o) = value; break;
    case LIST:   *(const char **)field(o) = append(*(const char **)field(o), value); break;
    case NUMBER: *(uint64_t *)field(o) = parse_number(o, value); break;
    case FLAG:   *(bool *)field(o) = true; break;
    case GONE:   break;
    case ACT:    act(o);
    }
}

/* A variable as it stands in the environment; name is behind the prefix. Of two with the same name the first holds. */
static void set_by_variable(const char *variable, const char *name)
{
    size_t length = strcspn(name, "=");
    char whole[32];

    for (const struct option *o = table; o < table + ARRAY_SIZE(table); o++) {
        if (!length || strlen(o->env) != length || strncmp(o->env, name, length) || !name[length])
            continue;
        snprintf(whole, sizeof whole, "%.*s", (int)(name + length - variable), variable);
        if (getenv(whole) == name + length + 1)
            set(o, name + length + 1);
    }
}

/* One walk for each prefix, the stronger one last: most environments have none of ours. */
static void read_environment(void)
{
    static const char prefixes[][6] = {"QEMU_", "MOA_"};

    for (unsigned i = 0; i < ARRAY_SIZE(prefixes); i++)
        for (char **variable = environ; *variable; variable++)
            if (!strncmp(*variable, prefixes[i], strlen(prefixes[i])))
                set_by_variable(*variable, *variable + strlen(prefixes[i]));
}

/* ---- the command line ---- */

static unsigned distance(const char *a, const char *b)
{
    unsigned row[40], n = (unsigned)strlen(b);

    if (n >= ARRAY_SIZE(row))
        return ~0u;
    for (unsigned j = 0; j <= n; j++)
        row[j] = j;
    for (unsigned i = 0; a[i]; i++) {
        unsigned before = row[0];

        row[0] = i + 1;
        for (unsigned j = 1; j <= n; j++) {
            unsigned change = before + (a[i] != b[j - 1]);

            before = row[j];
            row[j] = MIN_(change, MIN_(row[j], row[j - 1]) + 1);
        }
    }
    return row[n];
}

static void unknown(const char *given_name, const char *name)
{
    const struct option *best = NULL;
    unsigned least = 3;

    for (unsigned i = 0; i < ARRAY_SIZE(table); i++)
        if (distance(name, table[i].name) < least && strlen(table[i].name) > 1) {
            best = &table[i];
            least = distance(name, table[i].name);
        }
    if (best)
        die("unknown option '%s' (did you mean '-%s'? -h lists them)", given_name, best->name);
    die("unknown option '%s' (-h lists them)", given_name);
}

static const struct option *find(const char *name)
{
    for (unsigned i = 0; i < ARRAY_SIZE(table); i++)
        if (!strcmp(name, table[i].name))
            return &table[i];
    return NULL;
}

/* For options_for_exec(). */
static struct { char name[sizeof table->name + 1], number[24]; } texts[ARRAY_SIZE(table)];
_Static_assert(2 * ARRAY_SIZE(table) <= MAX_EXEC_OPTIONS, "all of them");

static void write_texts(void)
{
    for (unsigned i = 0; i < ARRAY_SIZE(table); i++) {
        if (!given[i])
            continue;
        snprintf(texts[i].name, sizeof texts[i].name, "-%.16s", table[i].name);
        if (table[i].kind == NUMBER)
            snprintf(texts[i].number, sizeof texts[i].number, "%llu", *(unsigned long long *)field(&table[i]));
    }
}

int options_parse(int argc, char **argv)
{
    int i = 1;

    if (!guest.secure)
        read_environment();
    for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
        const char *name = argv[i] + (argv[i][1] == '-' ? 2 : 1);
        const struct option *o;

        if (!*name) { /* "--" */
            i++;
            break;
        }
        o = find(name);
        if (!o)
            unknown(argv[i], name);
        if (o->value[0] && i + 1 == argc)
            die("option '%s' needs a value: %s %s", argv[i], argv[i], o->value);
        set(o, o->value[0] ? argv[++i] : NULL);
    }
    write_texts();
    return i;
}

/* The texts were written when there was one thread: vfork's children may be here side by side. */
unsigned options_for_exec(const char *list[MAX_EXEC_OPTIONS])
{
    unsigned n = 0;

    for (unsigned i = 0; i < ARRAY_SIZE(table); i++) {
        const struct option *o = &table[i];

        if (!given[i] || !(o->traits & INHERITED))
            continue;
        list[n++] = texts[i].name;
        if (o->kind != FLAG)
            list[n++] = o->kind == NUMBER ? texts[i].number : *(const char **)field(o);
    }
    return n;
}
