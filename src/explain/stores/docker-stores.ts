/** Docker's data roots in a scanned tree, wherever `data-root` puts them: told by the directories that stand together in one. */
import { fromText, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { ABOVE_ROOTS } from '../../model/tree.ts';
import type { DirectoryTree } from '../../model/tree.ts';
import { readDockerContainer } from '../../system/services/docker-containers.ts';
import type { DockerContainer } from '../../system/services/docker-containers.ts';
import type { Facts } from '../facts.ts';
import { directoriesNamed } from '../places/named-directories.ts';

export interface DockerStore {
  readonly path: ByteString;
  /** Indexes in the tree. */
  readonly directory: number;
  readonly volumes: number | undefined;
  /** The largest first, as far as they were looked at. */
  readonly containers: readonly StoredContainer[];
  /** False where a container could not be read, so that nobody can say what no container uses. */
  readonly areAllKnown: boolean;
}

interface StoredContainer {
  readonly directory: number;
  readonly id: string;
  /** Undefined where its configuration cannot be read. */
  readonly container: DockerContainer | undefined;
}

const CONTAINERS = fromText('containers');
/** Docker makes both as soon as it starts with an empty data root. */
const BESIDE = [fromText('volumes'), fromText('image')];
const CONTAINER_ID = /^[0-9a-f]{64}$/u;
/** Each costs the reading of two small files. */
const MOST_CONTAINERS = 300;

export function dockerStores({ scan: { tree }, worthBytes }: Facts): DockerStore[] {
  const stores: DockerStore[] = [];
  for (const containers of directoriesNamed(tree, CONTAINERS)) {
    const root = tree.columns.parent[containers];
    if (root === ABOVE_ROOTS || tree.columns.diskBytes[root] < worthBytes) continue;
    const siblings = new Map([...tree.children(root)].map((child) => [tree.name(child), child]));
    if (!BESIDE.every((name) => siblings.has(name))) continue;
    const path = tree.path(root);
    stores.push({
      path,
      directory: root,
      volumes: siblings.get(BESIDE[0]),
      ...containersIn(tree, containers),
    });
  }
  return stores;
}

function containersIn(
  tree: DirectoryTree,
  directory: number,
): Pick<DockerStore, 'containers' | 'areAllKnown'> {
  const { diskBytes } = tree.columns;
  const ids = [...tree.children(directory)]
    .filter((child) => CONTAINER_ID.test(tree.name(child)))
    .toSorted((a, b) => diskBytes[b] - diskBytes[a]);
  const path = tree.path(directory);
  const containers = ids.slice(0, MOST_CONTAINERS).map((child) => {
    const id = tree.name(child);
    return { directory: child, id, container: readDockerContainer(joinPath(path, id)) };
  });
  return {
    containers,
    areAllKnown:
      ids.length <= MOST_CONTAINERS && containers.every(({ container }) => container !== undefined),
  };
}
