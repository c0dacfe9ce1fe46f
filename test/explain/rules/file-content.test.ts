/** What a file is by its first bytes, as the programs that make such files begin them, and what it names. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fromText } from '../../../src/model/byte-string.ts';
import { fileContent } from '../../../src/explain/rules/file-content.ts';
import { magics } from '../../../src/explain/rules/file-magics.ts';
import { machineOf } from '../../../src/explain/rules/machine-of.ts';
import type { ByteString } from '../../../src/model/byte-string.ts';
import { needsTool } from '../../support/requirements.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('archives by what lies first in them, and by what is packed in them', () => {
  using folder = tempFolder();
  const run = (program: string, ...argv: string[]): Buffer =>
    execFileSync(program, argv, { cwd: folder.path, stdio: ['ignore', 'pipe', 'ignore'] });
  writeFileSync(`${folder.path}/shop.sql`, '-- MySQL dump 10.13\n--\n-- Host: localhost    Database: shop\n');
  run('tar', '-cf', 'x.tar', 'shop.sql');
  run('tar', '-czf', 'hourly', 'shop.sql');
  run('gzip', '-k', 'shop.sql');
  run('tar', '-cf', 'app', '--transform=s,^,blobs/sha256/,', 'shop.sql');
  writeFileSync(`${folder.path}/cut.sql.xz`, '\u00FD7zXZ\0', 'latin1');
  const content = (name: string): unknown => {
    const { format, names, holds } = fileContent(fromText(`${folder.path}/${name}`))!;
    return [format, names, holds && [holds.format, holds.names]];
  };
  assert.deepEqual(content('shop.sql'), ['mysql-dump', ['shop'], undefined]);
  assert.deepEqual(content('x.tar'), ['tar-archive', ['shop.sql'], undefined]);
  assert.deepEqual(content('app'), ['container-image-archive', [], undefined]);
  assert.deepEqual(content('hourly'), ['gzip-archive', [], ['tar-archive', ['shop.sql']]]);
  assert.deepEqual(content('shop.sql.gz'), ['gzip-archive', [], ['mysql-dump', ['shop']]]);
  assert.deepEqual(content('cut.sql.xz'), ['xz-archive', [], ['sql-script-or-dump', []]]);
});

test('a database by its tables', { skip: needsTool('sqlite3') }, () => {
  using folder = tempFolder();
  const path = `${folder.path}/data`;
  execFileSync('sqlite3', [
    path,
    'CREATE TABLE orders (a); CREATE TABLE "log of events" (b); CREATE TABLE users (c)',
  ]);
  const content = fileContent(fromText(path));
  assert.deepEqual(content?.names?.toSorted(), ['log', 'orders', 'users']);
});

test("a dump by its database, as pg_dump's head of version 1.14 and of 1.15 says it", () => {
  using folder = tempFolder();
  const number = (value: number): string => `\0${String.fromCharCode(value)}\0\0\0`;
  for (const [minor, compression] of [
    [14, number(6)],
    [16, '\u0001'],
  ] as const) {
    const head = `PGDMP\u0001${String.fromCharCode(minor)}\0\u0004\u0008\u0001`;
    writeFileSync(
      `${folder.path}/dump`,
      `${head}${compression}${number(0).repeat(7)}${number(4)}shop`,
      'latin1',
    );
    assert.deepEqual(fileContent(fromText(`${folder.path}/dump`))?.names, ['shop']);
  }
});

test('a disk by its table of partitions, and no text for one', () => {
  using folder = tempFolder();
  const disk = fromText(`${folder.path}/disk`);
  const entry = '\u0080\0\0\0\u0083\0\0\0\0\u0008\0\0\0\u0038\0\0';
  const table = (first: string): string => `${'\0'.repeat(446)}${first}${'\0'.repeat(48)}\u0055\u00AA`;
  const format = (start: string): string | undefined => {
    writeFileSync(disk, start, 'latin1');
    return fileContent(disk)?.format;
  };
  assert.equal(format(table(entry)), 'disk-image-with-partitions');
  assert.equal(format(table('\0'.repeat(16))), undefined);
  assert.equal(format(`${'x'.repeat(510)}\u0055\u00AA`), undefined);
});

test('every format is told by its own first bytes, whatever comes before it in the list', () => {
  using folder = tempFolder();
  const path = `${folder.path}/data`;
  for (const [offset, bytes, , format] of magics) {
    writeFileSync(path, `${'\0'.repeat(offset)}${bytes}${'\0'.repeat(64)}`, 'latin1');
    assert.equal(fileContent(fromText(path))?.format, format);
  }
});

test('a machine by the words its hypervisor was started with', () => {
  const words = (line: string): ByteString[] => line.split(' ').map((word) => fromText(word));
  const named = (command: string, line: string): string | undefined =>
    machineOf({ command: fromText(command), commandLine: words(line) });
  assert.equal(
    named('qemu-system-x86', 'qemu-system-x86_64 -name guest=mail01,debug-threads=on -m 4'),
    'mail01',
  );
  assert.equal(named('kvm', '/usr/bin/kvm -id 101 -name web,debug-threads=on'), 'web');
  assert.equal(named('VBoxHeadless', 'VBoxHeadless --comment dev --startvm 1'), 'dev');
  assert.equal(named('vmware-vmx', 'vmware-vmx -x /vms/a/a.vmx'), '/vms/a/a.vmx');
  assert.equal(named('sleep', 'sleep -name x'), undefined);
});
