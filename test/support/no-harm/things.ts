/** What the worlds are made of: stores, data, projects (canaries), and caches, logs, leftovers (which may go). */
import { linkSync, mkdirSync, unlinkSync } from 'node:fs';
import type { World } from './world.ts';

type Make = (world: World) => void;

/** Where somebody may have put a data directory. */
const homes = ['/srv', '/opt', '/home/ann', '/var/lib', '/tmp', '/var/tmp', '/var/cache', '/root'];
const place = (world: World, name: string): string => `${world.pick(homes)}/${world.fresh(name)}`;
const days = (world: World): number => world.pick([0, 3, 40, 400]);
const size = (world: World): number => 1 + world.below(4);

const retry = (index: number): string =>
  `2026-11-26T10:${String(index % 60).padStart(2, '0')}:00Z ERROR worker[${index}]: connect to 10.0.0.9: Connection refused`;
const real = (index: number): string =>
  `10.0.0.${index % 250} - - [26/Nov/2026:10:00:00 +0000] "GET /item/${(index * 7919) % 104_729} HTTP/1.1" 200 ${index % 9973}`;

const stores: Readonly<Record<string, Make>> = {
  postgresql: (world) => {
    const at = place(world, 'pg');
    world.canary(`${at}/PG_VERSION`, '15\n');
    world.canary(`${at}/global/pg_control`, world.bytes(0.01));
    const table = world.canary(`${at}/base/16384/16385`, world.bytes(size(world)), days(world));
    for (let part = 1; part < 3; part++)
      world.canary(`${at}/pg_wal/00000001000000000000000${part}`, world.bytes(1), days(world));
    if (world.chance(0.5)) world.hold([table], at);
  },
  mysql: (world) => {
    const at = place(world, 'mysql');
    world.canary(`${at}/ibdata1`, world.bytes(1));
    world.canary(`${at}/ib_logfile0`, world.bytes(1), days(world));
    world.canary(`${at}/shop/orders.ibd`, world.bytes(size(world)), days(world));
    world.canary(`${at}/binlog.000001`, world.bytes(1), 40);
    world.canary(`${at}/binlog.000002`, world.bytes(1));
    world.canary(`${at}/binlog.index`, './binlog.000001\n./binlog.000002\n');
    world.canary(`${at}/shop/#sql-1f2_3.ibd`, world.bytes(1), days(world));
  },
  kafka: (world) => {
    const at = place(world, 'kafka');
    world.canary(`${at}/meta.properties`, 'broker.id=1\n');
    for (const segment of ['00000000000000000000', '00000000000000004711']) {
      world.canary(`${at}/orders-0/${segment}.log`, world.lines(size(world), retry), days(world));
      world.canary(`${at}/orders-0/${segment}.index`, world.bytes(0.01));
      world.canary(`${at}/orders-0/${segment}.timeindex`, world.bytes(0.01));
    }
  },
  elasticsearch: (world) => {
    const at = place(world, 'search');
    world.canary(`${at}/node.lock`, '');
    world.canary(`${at}/indices/kq1Zs8/0/index/_0.cfs`, world.bytes(size(world)), days(world));
    world.canary(`${at}/indices/kq1Zs8/0/translog/translog-3.tlog`, world.bytes(1));
  },
  rocksdb: (world) => {
    const at = place(world, 'state');
    world.canary(`${at}/CURRENT`, 'MANIFEST-000001\n');
    world.canary(`${at}/MANIFEST-000001`, world.bytes(0.01));
    world.canary(`${at}/000123.log`, world.lines(size(world), retry), days(world));
    world.canary(`${at}/000124.sst`, world.bytes(size(world)), days(world));
  },
  oracle: (world) => {
    const at = place(world, 'oradata');
    world.canary(`${at}/control01.ctl`, world.bytes(0.1));
    world.canary(`${at}/users01.dbf`, world.bytes(size(world)), days(world));
    world.canary(`${at}/redo01.log`, world.bytes(size(world)), days(world));
  },
  prometheus: (world) => {
    const at = place(world, 'metrics');
    world.canary(`${at}/01HXYZ0123456789ABCDEFGHJK/meta.json`, '{"ulid":"01HXYZ0123456789ABCDEFGHJK"}');
    world.canary(`${at}/01HXYZ0123456789ABCDEFGHJK/chunks/000001`, world.bytes(size(world)), 20);
    world.canary(`${at}/wal/00000001`, world.bytes(1));
    world.canary(`${at}/chunks_head/000001`, world.bytes(1));
  },
  sqlite: (world) => {
    const data = Buffer.concat([Buffer.from('SQLite format 3\0'), world.bytes(size(world))]);
    const at = place(world, 'app');
    world.canary(`${at}/app.db`, data, days(world));
    if (world.chance(0.5)) world.canary(`${at}/app.db-wal`, world.bytes(size(world)));
  },
  images: (world) => {
    const at = place(world, 'images');
    const header = Buffer.alloc(104);
    header.write('QFI\u00FB', 0, 'latin1');
    header.writeUInt32BE(3, 4);
    world.canary(`${at}/base.qcow2`, Buffer.concat([header, world.bytes(size(world))]), 400);
    world.canary(`${at}/golden.img`, world.bytes(size(world)), days(world));
  },
  restic: (world) => {
    const at = place(world, 'restic');
    world.canary(`${at}/config`, world.bytes(0.001));
    world.canary(`${at}/keys/abc`, '{}');
    world.canary(`${at}/data/00/0${'a'.repeat(60)}`, world.bytes(size(world)), days(world));
    world.canary(`${at}/snapshots/def`, '{}');
    world.canary(`${at}/index/ghi`, world.bytes(0.1));
  },
  git: (world) => {
    const at = place(world, 'repository');
    world.canary(`${at}/.git/HEAD`, 'ref: refs/heads/main\n');
    world.canary(`${at}/.git/config`, '[core]\n');
    world.canary(`${at}/.git/refs/heads/main`, `${'0'.repeat(40)}\n`);
    world.canary(
      `${at}/.git/objects/pack/pack-${'1'.repeat(40)}.pack`,
      Buffer.concat([Buffer.from('PACK'), world.bytes(size(world))]),
      days(world),
    );
    world.canary(`${at}/src/main.c`, 'int main(void) { return 0; }\n');
  },
  docker: (world) => {
    const layer = 'd'.repeat(63) + String(world.below(10));
    for (const name of ['image/overlay2', 'volumes', 'containers'])
      mkdirSync(`/var/lib/docker/${name}`, { recursive: true });
    world.canary(
      `/var/lib/docker/overlay2/${layer}/diff/usr/lib/x.so`,
      world.bytes(size(world)),
      days(world),
    );
    world.canary(
      `/var/lib/docker/volumes/${world.fresh('v')}/_data/file.bin`,
      world.bytes(size(world)),
      days(world),
    );
  },
};

const data: Readonly<Record<string, Make>> = {
  photos: (world) => {
    const at = place(world, 'photos');
    for (let photo = 0; photo < 40; photo++)
      world.canary(
        `${at}/IMG_${1000 + photo}.jpg`,
        Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), world.bytes(0.1)]),
        days(world),
      );
  },
  measurements: (world) => {
    const row = (index: number): string =>
      `2026-11-26 10:00:${String(index % 60).padStart(2, '0')} ${index} 21.5 1013.2`;
    world.canary(
      `${place(world, 'science')}/${world.pick(['weather.txt', 'errors.csv', 'run-1.dat', 'series'])}`,
      world.lines(size(world), row),
      days(world),
    );
  },
  backups: (world) => {
    const at = place(world, world.pick(['backup', 'dumps', 'export']));
    for (let day = 1; day < 5; day++)
      world.canary(
        `${at}/db-2026-11-0${day}.sql.gz`,
        Buffer.concat([Buffer.from([0x1f, 0x8b, 8]), world.bytes(size(world))]),
        30 - day,
      );
  },
  mail: (world) => {
    const at = place(world, 'Maildir');
    for (let mail = 0; mail < 30; mail++)
      world.canary(
        `${at}/cur/16000000${mail}.M1P${mail}.host,S=1:2,S`,
        `From: a@b\n\n${'x'.repeat(60_000)}\n`,
        days(world),
      );
    mkdirSync(`${at}/new`, { recursive: true });
    mkdirSync(`${at}/tmp`, { recursive: true });
  },
  heldPrecious: (world) => {
    const file = world.canary(
      `${place(world, 'deleted')}/${world.pick(['prod.sqlite3', 'disk.qcow2', 'orders.ibd'])}`,
      Buffer.concat([Buffer.from('SQLite format 3\0'), world.bytes(size(world))]),
    );
    world.hold([file]);
    unlinkSync(file);
    world.holdsCanary(file);
  },
  heldNow: (world) => {
    const file = world.canary(
      `${place(world, 'job')}/${world.pick(['upload.part', 'index.tmp', 'tmp4711x', 'core.99', 'old.log.3'])}`,
      world.bytes(size(world)),
      days(world),
    );
    world.hold([file]);
  },
  archives: (world) => {
    world.canary(
      `${place(world, 'only')}/${world.pick(['thesis.tar.gz', 'ledger.xlsx', 'novel.txt', 'model.safetensors', 'film.mkv'])}`,
      world.bytes(size(world)),
      days(world),
    );
  },
  inCacheOfAnother: (world) => {
    const at = `/root/.cache/${world.fresh('my-only-copy')}`;
    world.canary(`${at}/thesis`, world.bytes(size(world)), days(world));
  },
};

const projects: Readonly<Record<string, Make>> = {
  idle: (world) => {
    const at = `/home/ann/${world.fresh('idle')}`;
    world.canary(`${at}/package.json`, '{"name":"x"}', 300);
    world.canary(`${at}/src/index.js`, 'export {};\n', 300);
    world.file(`${at}/node_modules/.package-lock.json`, '{}', 300);
    world.file(`${at}/node_modules/sharp/lib/vips.so`, world.bytes(size(world)), 300);
    world.file(`${at}/node_modules/sharp/package.json`, '{"name":"sharp"}', 300);
  },
  live: (world) => {
    const at = `/home/ann/${world.fresh('live')}`;
    world.canary(`${at}/package.json`, '{"name":"x"}', 300);
    world.canary(`${at}/node_modules/.package-lock.json`, '{}', 300);
    world.canary(`${at}/node_modules/sharp/lib/vips.so`, world.bytes(size(world)), 300);
    world.canary(`${at}/node_modules/sharp/package.json`, '{"name":"sharp"}', 300);
    world.hold([], at);
  },
  releases: (world) => {
    const at = place(world, 'shop');
    const live = world.below(6);
    for (let release = 0; release < 6; release++) {
      const name = `2026100${release}120000`;
      const put = release === live ? world.canary.bind(world) : world.file.bind(world);
      put(`${at}/releases/${name}/app/code.bin`, world.bytes(size(world)), 60 - release);
    }
    world.link(`releases/2026100${live}120000`, `${at}/current`);
    world.canary(`${at}/shared/uploads/photo.jpg`, world.bytes(size(world)), 100);
  },
};

const mayGo: Readonly<Record<string, Make>> = {
  taggedCache: (world) => {
    const at = place(world, 'thumbs');
    world.file(`${at}/CACHEDIR.TAG`, 'Signature: 8a477f597d28d172789f06886806bc55');
    world.file(`${at}/page`, world.bytes(size(world)));
  },
  taggedStore: (world) => {
    // Says that it is a cache, and holds a database.
    const at = place(world, 'tagged');
    world.canary(`${at}/CACHEDIR.TAG`, 'Signature: 8a477f597d28d172789f06886806bc55');
    world.canary(`${at}/db/PG_VERSION`, '15\n');
    world.canary(`${at}/db/base/1/2`, world.bytes(size(world)));
    mkdirSync(`${at}/db/global`, { recursive: true });
  },
  sharedCache: (world) => {
    const at = place(world, 'shared');
    world.file(`${at}/CACHEDIR.TAG`, 'Signature: 8a477f597d28d172789f06886806bc55');
    const blob = world.canary(`${at}-work/wheel.so`, world.bytes(size(world)));
    linkSync(blob, `${at}/wheel.so`);
    world.file(`${at}/own.so`, world.bytes(size(world)));
    world.link(`${at}-work`, `${at}-link`);
  },
  npmCache: (world) => {
    world.file(`/root/.npm/_cacache/content-v2/sha512/aa/bb/${world.fresh('c')}`, world.bytes(size(world)));
    mkdirSync('/root/.npm/_cacache/index-v5', { recursive: true });
  },
  pipCache: (world) => {
    world.file(`/root/.cache/pip/http/a/b/${world.fresh('p')}`, world.bytes(size(world)));
  },
  goCache: (world) => {
    world.file(`/root/.cache/go-build/aa/${world.fresh('g')}`, world.bytes(size(world)));
  },
  log: (world) => {
    const log = world.file(
      `/var/log/app/${world.fresh('app')}.log`,
      world.lines(size(world), world.pick([retry, real])),
    );
    if (world.chance(0.5)) world.hold([log], '/', false);
  },
  oldLog: (world) => {
    world.file(`/var/log/old/${world.fresh('old')}.log`, world.lines(size(world), real), 200);
  },
  logByContent: (world) => {
    world.file(
      `${place(world, 'site')}/${world.pick(['error_log', 'debug.txt', 'messages.1'])}`,
      world.lines(size(world), retry),
    );
  },
  rotated: (world) => {
    const base = `/var/log/${world.fresh('web')}`;
    world.file(`${base}/access.log`, world.lines(1, real));
    for (let generation = 1; generation < 7; generation++)
      world.file(`${base}/access.log.${generation}`, world.lines(size(world), real), generation * 7);
  },
  coreDumps: (world) => {
    for (let dump = 0; dump < 3; dump++)
      world.file(
        `/var/lib/systemd/coredump/core.app.0.abc.${100 + dump}.${1700000000000 + world.below(1e6)}.zst`,
        world.bytes(size(world)),
        20 + dump,
      );
  },
  trash: (world) => {
    const name = world.fresh('thing');
    world.file(`/root/.local/share/Trash/files/${name}`, world.bytes(size(world)), 100);
    world.file(
      `/root/.local/share/Trash/info/${name}.trashinfo`,
      '[Trash Info]\nPath=/x\nDeletionDate=2026-01-01T00:00:00\n',
    );
  },
  leftovers: (world) => {
    const at = place(world, 'incoming');
    for (let part = 0; part < 4; part++)
      world.file(`${at}/set-${part}.tar.part`, world.bytes(size(world)), 30);
    world.canary(`${at}/set-9.tar`, world.bytes(1), 31);
  },
  deletedScratch: (world) => {
    const file = world.file(`${place(world, 'scratch')}/worker.log`, world.lines(size(world), retry));
    world.hold([file], '/', false);
    unlinkSync(file);
  },
  heapDump: (world) => {
    world.file(
      `${place(world, 'java')}/java_pid4711.hprof`,
      Buffer.concat([Buffer.from('JAVA PROFILE 1.0.2\0'), world.bytes(size(world))]),
      40,
    );
  },
};

export const things: Readonly<Record<string, Make>> = { ...stores, ...data, ...projects, ...mayGo };
