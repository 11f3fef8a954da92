/*
 * symbols.c: names for addresses. Nothing is noted while the guest maps its
 * files: when a name is wanted, the host's own list of mappings says which
 * file stands at the address, and its symbol table (libelf) is read then.
 * Source lines come from libdw when the file has debug information.
 */
#include "debug/debug.h"
#include "debug/internal.h"
#include "util/util.h"

#include <elfutils/libdw.h>
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

const struct guest_arch *debug_arch;
uint64_t debug_mem_base;

struct symbol {
    uint64_t start, size;
    const char *name;
};

/* An ELF file once read; kept for ever, as are the names that were given out. */
struct object {
    struct object *next;
    char *path;
    int fd;
    Elf *elf;
    Dwarf *dwarf;
    bool dwarf_tried;
    struct symbol *symbols;
    size_t nsymbols;
};
static struct object *objects;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int by_start(const void *a, const void *b)
{
    const struct symbol *x = a, *y = b;

    return x->start < y->start ? -1 : x->start > y->start;
}

static void read_table(struct object *o, Elf_Scn *scn, const GElf_Shdr *header)
{
    Elf_Data *data = elf_getdata(scn, NULL);
    size_t n = data && header->sh_entsize ? data->d_size / header->sh_entsize : 0;
    struct symbol *more = n ? realloc(o->symbols, (o->nsymbols + n) * sizeof *more) : NULL;

    if (!more)
        return;
    o->symbols = more;
    for (size_t i = 0; i < n; i++) {
        GElf_Sym sym;
        const char *name;

        if (!gelf_getsym(data, (int)i, &sym) || sym.st_shndx == SHN_UNDEF)
            continue;
        if (GELF_ST_TYPE(sym.st_info) != STT_FUNC && GELF_ST_TYPE(sym.st_info) != STT_GNU_IFUNC)
            continue;
        name = elf_strptr(o->elf, header->sh_link, sym.st_name);
        if (name && *name) {
            GElf_Ehdr e;
            bool thumb_bit = gelf_getehdr(o->elf, &e) && e.e_machine == EM_ARM;

            o->symbols[o->nsymbols++] = (struct symbol){sym.st_value & ~(uint64_t)thumb_bit, sym.st_size, name};
        }
    }
}

/* .symtab if there is one, else .dynsym. */
static void read_symbols(struct object *o)
{
    for (unsigned type = SHT_SYMTAB; !o->nsymbols; type = SHT_DYNSYM) {
        for (Elf_Scn *scn = NULL; (scn = elf_nextscn(o->elf, scn));) {
            GElf_Shdr header;

            if (gelf_getshdr(scn, &header) && header.sh_type == type)
                read_table(o, scn, &header);
        }
        if (type == SHT_DYNSYM)
            break;
    }
    qsort(o->symbols, o->nsymbols, sizeof *o->symbols, by_start);
}

static struct object *object_of(const char *path)
{
    struct object *o;

    for (o = objects; o; o = o->next)
        if (!strcmp(o->path, path))
            return o->elf ? o : NULL;
    o = calloc(1, sizeof *o);
    if (!o)
        return NULL;
    o->path = strdup(path);
    o->next = objects;
    objects = o;
    o->fd = open(path, O_RDONLY | O_CLOEXEC);
    elf_version(EV_CURRENT);
    if (o->fd >= 0) {
        o->fd = debug_private_fd(o->fd);
        o->elf = elf_begin(o->fd, ELF_C_READ_MMAP, NULL);
    }
    if (o->elf && elf_kind(o->elf) == ELF_K_ELF)
        read_symbols(o);
    return o->elf ? o : NULL;
}

/*
 * The files that are mapped, as the kernel tells. Read again when an address
 * is in none of them; a name may be stale for a file that replaced another at
 * the same place, which a log can bear.
 */
struct mapping {
    uint64_t start, end, offset;
    char *path;
};
static struct mapping *mappings;
static size_t nmappings;

static void read_mappings(void)
{
    FILE *f = fopen("/proc/self/maps", "re");
    char line[4352];

    while (nmappings)
        free(mappings[--nmappings].path);
    while (f && fgets(line, sizeof line, f)) {
        struct mapping m, *more;
        int at = 0;

        if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %*s %" SCNx64 " %*s %*s %n", &m.start, &m.end, &m.offset, &at) < 3 ||
            !at || line[at] != '/')
            continue;
        line[strcspn(line, "\n")] = 0;
        more = realloc(mappings, (nmappings + 1) * sizeof *mappings);
        if (!more)
            break;
        mappings = more;
        m.path = strdup(line + at);
        mappings[nmappings++] = m;
    }
    if (f)
        fclose(f);
}

/* NULL: an anonymous mapping, or none. */
static const struct mapping *mapping_at(uint64_t host)
{
    for (unsigned again = 0; again < 2; again++) {
        for (size_t i = 0; i < nmappings; i++)
            if (host >= mappings[i].start && host < mappings[i].end)
                return &mappings[i];
        if (!again)
            read_mappings();
    }
    return NULL;
}

/* The address that the linker gave to a byte of the file. */
static uint64_t linked_address(Elf *elf, uint64_t file_offset)
{
    size_t n = 0;

    elf_getphdrnum(elf, &n);
    for (size_t i = 0; i < n; i++) {
        GElf_Phdr p;

        if (gelf_getphdr(elf, (int)i, &p) && p.p_type == PT_LOAD && file_offset >= align_down(p.p_offset, 4096) &&
            file_offset < p.p_offset + p.p_filesz)
            return file_offset - p.p_offset + p.p_vaddr;
    }
    return file_offset;
}

static const struct symbol *symbol_at(const struct object *o, uint64_t address)
{
    size_t low = 0, high = o->nsymbols;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (o->symbols[middle].start <= address)
            low = middle + 1;
        else
            high = middle;
    }
    /* Hand-written assembly has functions of size 0; they reach to the next. */
    for (; low > 0; low--) {
        const struct symbol *s = &o->symbols[low - 1];

        if (!s->size || address < s->start + s->size)
            return s;
        if (address - s->start > 1 << 20)
            break;
    }
    return NULL;
}

static const char *source_line(struct object *o, uint64_t address, int *line)
{
    Dwarf_Die cu;
    Dwarf_Line *row;

    if (!o->dwarf_tried) {
        o->dwarf_tried = true;
        o->dwarf = dwarf_begin_elf(o->elf, DWARF_C_READ, NULL);
    }
    if (!o->dwarf || !dwarf_addrdie(o->dwarf, address, &cu))
        return NULL;
    row = dwarf_getsrc_die(&cu, address);
    return row && dwarf_lineno(row, line) == 0 ? dwarf_linesrc(row, NULL, NULL) : NULL;
}

struct place {
    const char *symbol, *file, *source;
    uint64_t offset;
    int line;
};

static bool place_of_host(uint64_t host, struct place *p)
{
    const struct mapping *m;
    struct object *o;

    *p = (struct place){0};
    pthread_mutex_lock(&lock);
    m = mapping_at(host);
    o = m ? object_of(m->path) : NULL;
    if (o) {
        uint64_t address = linked_address(o->elf, host - m->start + m->offset);
        const struct symbol *s = symbol_at(o, address);

        p->file = o->path;
        p->symbol = s ? s->name : NULL;
        p->offset = address - (s ? s->start : 0);
        p->source = source_line(o, address, &p->line);
    }
    pthread_mutex_unlock(&lock);
    return o != NULL;
}

const char *debug_symbol_of_host(uint64_t host, uint64_t *offset, const char **file)
{
    struct place p;

    if (!place_of_host(host, &p))
        return NULL;
    *offset = p.offset;
    if (file)
        *file = p.file;
    return p.symbol;
}

const char *debug_symbol(uint64_t addr, uint64_t *offset)
{
    return debug_symbol_of_host(debug_mem_base + addr, offset, NULL);
}

/* As debug_where, for a host address. */
static const char *describe(uint64_t host, uint64_t shown, char *buf, size_t size)
{
    struct place p;
    const char *slash;
    int n;

    if (!place_of_host(host, &p)) {
        snprintf(buf, size, "0x%" PRIx64, shown);
        return buf;
    }
    slash = strrchr(p.file, '/');
    n = snprintf(buf, size, "%s+0x%" PRIx64, p.symbol ? p.symbol : slash + 1, p.offset);
    if (n > 0 && (size_t)n < size) {
        const char *source = p.source ? strrchr(p.source, '/') : NULL;

        if (p.source)
            snprintf(buf + n, size - (size_t)n, " (%s:%d)", source ? source + 1 : p.source, p.line);
        else if (p.symbol)
            snprintf(buf + n, size - (size_t)n, " (%s)", slash + 1);
    }
    return buf;
}

const char *debug_where(uint64_t addr, char *buf, size_t size)
{
    return describe(debug_mem_base + addr, addr, buf, size);
}

const char *debug_where_host(uint64_t host, char *buf, size_t size)
{
    return describe(host, host, buf, size);
}
