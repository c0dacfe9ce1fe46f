/** What Docker wrote down about a container beside its log: the name people know it by, its image, its volumes. */
import { fromText, joinPath, toBuffer } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { readFileStart } from './file-start.ts';

export interface DockerContainer {
  readonly name: string;
  readonly image: string | undefined;
  readonly running: boolean;
  /** Named volumes it mounts. */
  readonly volumes: readonly string[];
  /** `max-size` of its json-file log, where one is set. */
  readonly logMaxSize: string | undefined;
}

const MOST_BYTES = 2 ** 20;

/** @param directory …/containers/ID. Undefined where its config.v2.json cannot be read or is none. */
export function readDockerContainer(directory: ByteString): DockerContainer | undefined {
  const config = readJson(joinPath(directory, fromText('config.v2.json')));
  if (typeof config['Name'] !== 'string') return undefined;
  const image = record(config['Config'])['Image'];
  const host = readJson(joinPath(directory, fromText('hostconfig.json')));
  const maxSize = record(record(host['LogConfig'])['Config'])['max-size'];
  return {
    name: config['Name'].replace(/^\//u, ''),
    image: typeof image === 'string' ? image : undefined,
    running: record(config['State'])['Running'] === true,
    volumes: Object.values(record(config['MountPoints'])).flatMap((mount) => {
      const { Name: name, Type: type } = record(mount);
      return typeof name === 'string' && name !== '' && type !== 'bind' ? [name] : [];
    }),
    logMaxSize: typeof maxSize === 'string' ? maxSize : undefined,
  };
}

/** …/containers/ID of a container's log, or undefined for another file. */
export function containerOfLog(path: ByteString): ByteString | undefined {
  return /^(.*\/containers\/([0-9a-f]{64}))\/\2-json\.log(?:\.\d+)?$/u.exec(path)?.[1] as
    | ByteString
    | undefined;
}

type JsonRecord = Readonly<Record<string, unknown>>;

function record(value: unknown): JsonRecord {
  return typeof value === 'object' && value !== null ? (value as JsonRecord) : {};
}

function readJson(path: ByteString): JsonRecord {
  const text = readFileStart(path, MOST_BYTES);
  if (text === undefined) return {};
  try {
    return record(JSON.parse(toBuffer(text).toString('utf8')));
  } catch {
    return {};
  }
}
