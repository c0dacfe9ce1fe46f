/** containerd: snapshots and blobs counted; whose they are stands in its database, which only it may read. */
import { fromText } from '../../../model/byte-string.ts';
import { directoryNames } from '../../../system/directories/directory-names.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import type { StorePart } from '../../../model/findings/store.ts';
import { directoriesAt, directoryPart } from '../parts.ts';
import type { Reader } from '../reader.ts';
import { giving } from '../store-actions.ts';

export const containerd: Reader = ({ store, tree, inside }) => {
  const at = (pattern: string): ReturnType<typeof directoriesAt> =>
    directoriesAt(tree, store.directory, pattern);
  const count = (directory: number): number => tree.children(directory).length;
  return {
    parts: [
      ...at('io.containerd.snapshotter.*').map(({ directory, name }): StorePart => {
        const snapshots = directoriesAt(tree, directory, 'snapshots').at(0)?.directory;
        const short = name.replace(/^io\.containerd\.snapshotter\.v\d+\./u, '') as ByteString;
        return directoryPart('layer', short, directory, tree, {
          count: snapshots === undefined ? undefined : count(snapshots),
        });
      }),
      ...at('io.containerd.content.*').map(({ directory }) =>
        directoryPart('image', undefined, directory, tree),
      ),
      ...at('io.containerd.metadata.*').map(({ directory }) =>
        directoryPart('database', undefined, directory, tree),
      ),
    ],
    actions: isDockers()
      ? [giving('docker', { argv: ['docker', 'system', 'prune'], loses: 'owners-choice' }, inside)]
      : [],
  };
};

/** Since Docker 29 its images lie in containerd's store; with Kubernetes they are the kubelet's. */
function isDockers(): boolean {
  return !isThere('/var/lib/kubelet') && isThere('/var/lib/docker');
}

function isThere(path: string): boolean {
  return directoryNames(fromText(path)).length > 0;
}
