/** What was kept of a tree before: looked for in every report, and loaded only where anything was ever kept. */
import { existsSync } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { KeptSnapshot } from '../../model/kept-snapshot.ts';
import { snapshotsDirectory } from '../../model/state-directory.ts';
import { readCaller } from '../invocation/caller.ts';
import { stateEnvironment } from '../invocation/state-environment.ts';

/** The last snapshot of the tree at `root` that is kept and leaves nothing out; undefined where there is none. */
export async function keptBefore(root: ByteString): Promise<KeptSnapshot | undefined> {
  const last = await lastKept(root);
  return last?.isPlain === true ? last : undefined;
}

/** The last snapshot of the tree at `root` that is kept; undefined where there is none. */
export async function lastKept(root: ByteString): Promise<KeptSnapshot | undefined> {
  const environment = stateEnvironment();
  const { uid } = readCaller();
  const kept = snapshotsDirectory(environment, uid);
  if (kept === undefined || !existsSync(toBuffer(kept))) return undefined;
  const { lastSnapshot } = await import('../../snapshot/snapshot.ts');
  return lastSnapshot(root, { environment, uid });
}
