/** Elasticsearch and OpenSearch: indices by the names people gave them, which stand in their state files. */
import { joinPath } from '../../../model/byte-string.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import { directoryNames } from '../../../system/directories/directory-names.ts';
import { readFileStart } from '../../../system/files/file-start.ts';
import { directoriesAt, directoryPart } from '../parts.ts';
import type { Reader } from '../reader.ts';

export const elasticsearch: Reader = ({ store, tree }) => {
  const indices = ['indices/*', 'nodes/*/indices/*'].flatMap((pattern) =>
    directoriesAt(tree, store.directory, pattern),
  );
  return {
    parts: indices.map(({ directory, name }) =>
      directoryPart('index', nameOf(tree.path(directory)) ?? name, directory, tree),
    ),
  };
};

const STATE_BYTES = 512;

/**
 * The first key of _state/state-N.st: a SMILE object with one field, the index (org.elasticsearch.gateway,
 * MetadataStateFormat; SMILE specification: short ASCII keys are 0x80–0xBF by length).
 */
function nameOf(index: ByteString): ByteString | undefined {
  const directory = joinPath(index, '_state' as ByteString);
  const state = directoryNames(directory)
    .filter((name) => /^state-\d+\.st$/u.test(name))
    .toSorted()
    .at(-1);
  const start = state && readFileStart(joinPath(directory, state), STATE_BYTES);
  const smile = start?.indexOf(':)\n') ?? -1;
  if (start === undefined || smile < 0) return undefined;
  const key = start.charCodeAt(smile + 5);
  if (start.charCodeAt(smile + 4) !== START_OBJECT || key < SHORT_KEY || key >= SHORT_KEY + 64)
    return undefined;
  const name = start.slice(smile + 6, smile + 6 + (key - SHORT_KEY + 1));
  return /^[^\s"*\\<|,>/?#A-Z]+$/u.test(name) ? (name as ByteString) : undefined;
}

const START_OBJECT = 0xfa;
const SHORT_KEY = 0x80;
