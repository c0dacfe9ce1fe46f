/** What an NFS server exports, by each table that tells of it. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { exportedDirectories } from '../../../src/system/disks/exported-directories.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('the kernel’s tables and that of exportfs(8), each directory once, blanks unescaped', () => {
  using folder = tempFolder();
  const tables = ['exports', 'content', 'etab'].map((name) => `${folder.path}/${name}`);
  writeFileSync(
    tables[0],
    '# Version 1.1\n# Path Client(Flags) # IPs\n/srv/one\t*(rw,no_root_squash,sync)\n',
  );
  writeFileSync(tables[1], '#path domain(flags)\n/srv/two\\040words\t10.0.0.0/8(ro)\n# /srv/old\t*(ro)\n');
  writeFileSync(tables[2], '/srv/one\t*(rw,sync,wdelay)\n');
  assert.deepEqual(exportedDirectories([...tables, `${folder.path}/missing`]), [
    '/srv/one',
    '/srv/two words',
  ]);
});
