/** A tree on a filesystem of its own, so small that a MiB is worth a finding there. */
import type { Mounted } from './mounted.ts';
import { mountTmpfs } from './mounted.ts';
import { tempFolder } from './temp-folder.ts';
import { buildTree } from './tree.ts';
import type { TreeDescription } from './tree.ts';

export const MIB = 2 ** 20;

/** In memory, 256 MiB. `path` is the tree's root. */
export async function ruleDisk(tree: TreeDescription): Promise<Mounted> {
  using made = new DisposableStack();
  const folder = made.use(tempFolder());
  made.use(mountTmpfs(folder.path, 'size=256m,mode=755'));
  await buildTree(`${folder.path}/tree`, tree);
  const stack = made.move();
  return { path: `${folder.path}/tree`, [Symbol.dispose]: () => stack.dispose() };
}
