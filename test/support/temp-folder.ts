/** A fresh folder for a test, gone when the test ends, however deep, odd or unreadable what was built in it. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface TempFolder extends Disposable {
  readonly path: string;
}

/** Readable by every user, so that a program may be run as another one in it. */
export function tempFolder(above = tmpdir()): TempFolder {
  const folder = mkdtempSync(path.join(realpathSync(above), 'diskwhy-test-'));
  chmodSync(folder, 0o755);
  return {
    path: folder,
    // Not fs.rm: it resolves whole paths and so ends at PATH_MAX. --one-file-system never deletes in a mount left behind.
    [Symbol.dispose]: () => {
      execFileSync('sh', [
        '-c',
        'rm -rf --one-file-system "$0" 2>/dev/null || { chmod -R u+rwX "$0"; rm -rf --one-file-system "$0"; }',
        folder,
      ]);
    },
  };
}
