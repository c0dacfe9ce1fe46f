/** What Docker wrote down about a container beside its log: what people call it, its image, its volumes, its log's limits. */
import { fromText, joinPath, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { readSmallFile } from '../files/file-tail.ts';

export interface DockerContainer {
  readonly name: string;
  readonly image: string | undefined;
  readonly running: boolean;
  /** Its first process; undefined while it does not run. */
  readonly pid: number | undefined;
  /** Starts after the first, as far as Docker counted them. */
  readonly restarts: number;
  /** Named volumes it mounts. */
  readonly volumes: readonly string[];
}

/** How Docker keeps a log: "json-file", "local", … and its `max-size`, `max-file`. */
export interface DockerLogSettings {
  readonly driver: string | undefined;
  readonly options: ReadonlyMap<string, string>;
}

/** @param directory …/containers/ID. Undefined where its config.v2.json cannot be read or is none. */
export function readDockerContainer(directory: ByteString): DockerContainer | undefined {
  const config = readRecord(joinPath(directory, fromText('config.v2.json')));
  if (typeof config?.['Name'] !== 'string') return undefined;
  const image = record(config['Config'])['Image'];
  const state = record(config['State']);
  return {
    name: config['Name'].replace(/^\//u, ''),
    image: typeof image === 'string' ? image : undefined,
    running: state['Running'] === true,
    pid: count(state['Pid']) || undefined,
    restarts: count(config['RestartCount']),
    volumes: Object.values(record(config['MountPoints'])).flatMap((mount) => {
      const { Name: name, Type: type } = record(mount);
      return typeof name === 'string' && name !== '' && type !== 'bind' ? [name] : [];
    }),
  };
}

/** What the container was made with: later changes of the daemon's settings do not reach it. */
export function readContainerLogSettings(directory: ByteString): DockerLogSettings | undefined {
  const host = readRecord(joinPath(directory, fromText('hostconfig.json')));
  const config = host && record(host['LogConfig']);
  return config && logSettings(config['Type'], config['Config']);
}

const DAEMON = fromText('/etc/docker/daemon.json');
const DEFAULT_ROOT = fromText('/var/lib/docker');

/** Where this machine's daemon keeps its containers: what its settings say (`graph` before 17.05), then the default. */
export function dockerRoots(): ByteString[] {
  const { 'data-root': root, graph } = readRecord(DAEMON) ?? {};
  const named = [root, graph].filter((value) => typeof value === 'string').map(fromText);
  return [...new Set([...named, DEFAULT_ROOT])];
}

/** What the daemon gives to new containers. @param path of daemon.json. */
export function readDaemonLogSettings(path: ByteString): DockerLogSettings | undefined {
  const config = readRecord(path);
  return config && logSettings(config['log-driver'], config['log-opts']);
}

function logSettings(driver: unknown, options: unknown): DockerLogSettings {
  const texts = Object.entries(record(options)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return { driver: typeof driver === 'string' ? driver : undefined, options: new Map(texts) };
}

/** …/containers/ID/ID-json.log, what the "local" driver writes, and their rotated ones. */
const LOG =
  /^(.*\/containers\/([0-9a-f]{64}))\/(?:\2-json\.log|local-logs\/container\.log)(?:\.\d+)*(?:\.gz)?$/u;

/** …/containers/ID of a container's log, or undefined for another file. */
export function containerOfLog(path: ByteString): ByteString | undefined {
  return LOG.exec(path)?.[1] as ByteString | undefined;
}

type JsonRecord = Readonly<Record<string, unknown>>;

function record(value: unknown): JsonRecord {
  return typeof value === 'object' && value !== null ? (value as JsonRecord) : {};
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
}

/** Undefined where it cannot be read, or is no JSON. */
function readRecord(path: ByteString): JsonRecord | undefined {
  const text = readSmallFile(path);
  if (text === undefined) return undefined;
  try {
    return record(JSON.parse(toText(text)));
  } catch {
    return undefined;
  }
}
