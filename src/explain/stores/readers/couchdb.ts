/** CouchDB: databases by name over all their shards, and what compactions have left (docs.couchdb.org: Shard Management). */
import { fromText, isInside } from '../../../model/byte-string.ts';
import type { StorePart } from '../../../model/findings/store.ts';
import type { RankedFile } from '../../../model/scan-result.ts';
import { filesPart, leftoversIn } from '../parts.ts';
import type { Reader } from '../reader.ts';

/** "shards/00000000-7fffffff/orders.1699999999.couch", and of its views ".shards/…/orders.1699999999_design/…". */
const SHARD = /^(?<view>\.?)shards\/[^/]+\/(?<name>.+?)\.\d{10}(?:\.couch$|_design\/)/u;

export const couchdb: Reader = ({ store, facts }) => {
  const { path } = store;
  const files = facts.scan.largestFiles.filter((file) => isInside(file.path, path));
  const unfinished = leftoversIn(store, files);
  const parts = (view: string, kind: StorePart['kind']): StorePart[] => {
    const of = (file: RankedFile): string | undefined => {
      const found = SHARD.exec(file.path.slice(path.length + 1))?.groups;
      return found?.['view'] === view && !unfinished.includes(file) ? found['name'] : undefined;
    };
    const named = Map.groupBy(files, of);
    named.delete(undefined);
    return [...named].map(([name = '', own]) => filesPart(kind, fromText(name), own));
  };
  return {
    parts: [
      ...(unfinished.length === 0 ? [] : [filesPart('garbage', undefined, unfinished)]),
      ...parts('', 'database'),
      ...parts('.', 'index'),
    ],
  };
};
