/*
 * The physical floor of sizing a tree: getdents64 and one statx per entry, relative to directory descriptors, in two
 * threads, adding up blocks and nothing else. No hard links, no tree, no names kept: what any such program has to pay.
 *
 *   cc -O2 -pthread floor.c -o floor && ./floor DIR
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define THREADS 2
#define BUFFER (64 * 1024)
/* A directory is handed out alone; a large one in buffers of entries, like the programs under test do. */

struct directory {
  int fd;
  atomic_int users;
};

struct job {
  struct directory *parent; /* where name is; NULL when entries are set */
  char *name;
  struct directory *of; /* whose entries these are */
  char *entries;
  long length;
};

struct dirent64 {
  uint64_t ino;
  int64_t off;
  uint16_t reclen;
  uint8_t type;
  char name[];
};

static struct job *jobs;
static size_t count, capacity;
static int waiting, done;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;
static atomic_ullong blocks, entries;

static void release(struct directory *directory) {
  if (atomic_fetch_sub(&directory->users, 1) == 1) {
    close(directory->fd);
    free(directory);
  }
}

static void push(struct job job) {
  pthread_mutex_lock(&lock);
  if (count == capacity) jobs = realloc(jobs, (capacity = capacity ? capacity * 2 : 1024) * sizeof *jobs);
  jobs[count++] = job;
  if (waiting) pthread_cond_signal(&more);
  pthread_mutex_unlock(&lock);
}

static int take(struct job *job) {
  pthread_mutex_lock(&lock);
  waiting++;
  while (!count && !done) {
    if (waiting == THREADS) {
      done = 1;
      pthread_cond_broadcast(&more);
    } else {
      pthread_cond_wait(&more, &lock);
    }
  }
  waiting--;
  int got = !done;
  if (got) *job = jobs[--count];
  pthread_mutex_unlock(&lock);
  return got;
}

static void look(struct directory *directory, char *buffer, long length, unsigned long long *sum, unsigned long long *seen) {
  struct statx st;
  for (long at = 0; at < length;) {
    struct dirent64 *entry = (struct dirent64 *)(buffer + at);
    at += entry->reclen;
    char *name = entry->name;
    if (name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]))) continue;
    if (statx(directory->fd, name, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT, STATX_BASIC_STATS, &st) < 0) continue;
    *sum += st.stx_blocks;
    ++*seen;
    if (S_ISDIR(st.stx_mode)) {
      atomic_fetch_add(&directory->users, 1);
      push((struct job){.parent = directory, .name = strdup(name)});
    }
  }
}

static void *run(void *unused) {
  (void)unused;
  unsigned long long sum = 0, seen = 0;
  char *buffer = malloc(BUFFER);
  struct job job;
  while (take(&job)) {
    if (job.entries) {
      look(job.of, job.entries, job.length, &sum, &seen);
      free(job.entries);
      release(job.of);
      continue;
    }
    int fd = openat(job.parent->fd, job.name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    free(job.name);
    release(job.parent);
    if (fd < 0) continue;
    struct directory *directory = malloc(sizeof *directory);
    directory->fd = fd;
    atomic_init(&directory->users, 1);
    long length;
    while ((length = syscall(SYS_getdents64, fd, buffer, BUFFER)) > 0) {
      if (length < BUFFER / 2 || !waiting) {
        look(directory, buffer, length, &sum, &seen);
        continue;
      }
      char *copy = malloc(length);
      memcpy(copy, buffer, length);
      atomic_fetch_add(&directory->users, 1);
      push((struct job){.of = directory, .entries = copy, .length = length});
    }
    release(directory);
  }
  atomic_fetch_add(&blocks, sum);
  atomic_fetch_add(&entries, seen);
  return NULL;
}

int main(int argc, char **argv) {
  if (argc != 2) return 2;
  struct stat st;
  if (stat(argv[1], &st) < 0) return 2;
  atomic_store(&blocks, st.st_blocks);
  atomic_store(&entries, 1);
  struct directory *cwd = malloc(sizeof *cwd);
  cwd->fd = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (cwd->fd < 0) return 2;
  atomic_init(&cwd->users, 1);
  push((struct job){.parent = cwd, .name = strdup(".")});
  pthread_t threads[THREADS];
  for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, run, NULL);
  for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
  printf("%llu bytes, %llu entries\n", atomic_load(&blocks) * 512, atomic_load(&entries));
  return 0;
}
