/** The words of a lever for one store: its places put in, and whether a person must still choose. */
import type { ByteString } from '../../model/byte-string.ts';
import { baseName, parentPath } from '../../model/byte-string.ts';
import { commandWords } from '../command-words.ts';
import type { Lever } from './store-entry.ts';

/** What stands in CAPITALS for a person to fill in; words of SQL and HTTP are CAPITALS too. */
const BLANK = new RegExp(
  String.raw`\b(?:${[
    'ALIAS BUCKET BYTES COLLECTION CORE DATABASE DATASTORE FILE FIRST FRONTEND HEIGHT HOMEPATH HOST HOSTS ID IMAGE INDEX',
    'INSTANCE JOB KEY LAST LOGFILE LOGICAL_NAME MACHINE MEETING MESSAGE MODEL NAME NAMESPACE NODE NUMBER OCC OLDEST',
    'PASSWORD POD QUEUE',
    'REPOSITORY REVISION SERIES SERVER SNAPSHOT STANZA STORAGE STREAM TABLE TAG TARGET TASK_ID TENANT TIME TOKEN TOPIC',
    'USER VHOST VOLUME',
  ]
    .flatMap((line) => line.split(' '))
    .join('|')})\b`,
  'u',
);

export interface LeverWords {
  readonly argv: readonly ByteString[];
  readonly hasBlanks: boolean;
  /** It names the store's place, so it acts on that and not on what runs. */
  readonly namesPlace: boolean;
}

/** @param store its path. */
export function leverWords({ command }: Lever, store: ByteString): LeverWords {
  const places = { '{store}': store, '{name}': baseName(store), '{above}': parentPath(store) };
  const argv = commandWords(command).map((word) => {
    let filled: string = word;
    for (const [place, path] of Object.entries(places)) filled = filled.replaceAll(place, () => path);
    return filled as ByteString;
  });
  return {
    argv,
    hasBlanks: BLANK.test(command),
    namesPlace: /\{(?:store|above)\}/u.test(command),
  };
}
