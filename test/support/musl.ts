/** musl, the other C library of Linux, for tests of what is built for it. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';

/** musl's library, which is its loader too: the file named by DISKWHY_TEST_MUSL, or that of Debian's package. */
const MUSL =
  process.env['DISKWHY_TEST_MUSL'] ??
  `/lib/${process.arch === 'x64' ? 'x86_64' : 'aarch64'}-linux-musl/libc.so`;
const LOADER = `ld-musl-${process.arch === 'x64' ? 'x86_64' : 'aarch64'}.so.1`;

/** Relocations of the kind that Node's libraries have (DT_RELR) came with 1.2.4. */
export const needsMusl: string | false = isNewEnough()
  ? false
  : 'needs musl 1.2.4, by DISKWHY_TEST_MUSL=libc.so';

/** Puts musl into `folder`, a root's /lib. */
export function installMusl(folder: string): void {
  cpSync(MUSL, `${folder}/${LOADER}`);
}

/** Started by itself it says "Version 1.2.5". */
function isNewEnough(): boolean {
  if (!existsSync(MUSL)) return false;
  const version = /Version (?<minor>1\.\d+)\.(?<patch>\d+)/u.exec(
    spawnSync(MUSL, { encoding: 'utf8' }).stderr,
  );
  return version?.groups!['minor'] === '1.2' && Number(version.groups['patch']) >= 4;
}
