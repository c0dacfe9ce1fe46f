/** Logs that a container runtime writes for its containers: whose they are, by their path (Docker, Kubernetes). */
import { fromText, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { joinPath, toText } from '../../model/byte-string.ts';
import { readSmallFile } from '../../system/file-tail.ts';

export interface ContainerLog {
  /** "web", "shop/cart-7d9f/app". */
  readonly name: string;
  /** As the runtime calls it; undefined where the path does not say. */
  readonly id: string | undefined;
  /** Starts after the first, as far as the runtime counted them. */
  readonly restarts: number;
  /** Its first process; undefined where it does not run or that is not known. */
  readonly pid: number | undefined;
}

/** …/containers/ID/ID-json.log of Docker, and its rotated ones. */
const DOCKER = /\/containers\/([0-9a-f]{64})\/(?:\1-json\.log|local-logs\/container\.log)(?:\.\d+)*$/u;
/** /var/log/pods/NAMESPACE_POD_UID/CONTAINER/RESTARTS.log of the kubelet. */
const POD = /\/log\/pods\/([^/_]+)_([^/_]+)_[^/]+\/([^/]+)\/(\d+)\.log/u;

export function containerLog(path: ByteString): ContainerLog | undefined {
  return dockerLog(path) ?? podLog(path);
}

/** The directory of a container's settings, for a path that Docker made. */
export function dockerDirectory(path: ByteString): ByteString | undefined {
  if (!DOCKER.test(path)) return undefined;
  const parent = parentPath(path);
  return parent.endsWith('/local-logs') ? parentPath(parent) : parent;
}

export function isPodLog(path: ByteString): boolean {
  return POD.test(path);
}

function dockerLog(path: ByteString): ContainerLog | undefined {
  const directory = dockerDirectory(path);
  if (directory === undefined) return undefined;
  const id = DOCKER.exec(path)![1];
  const config = parse(readSmallFile(joinPath(directory, fromText('config.v2.json'))));
  const name = typeof config?.Name === 'string' ? config.Name.replace(/^\//u, '') : id.slice(0, 12);
  const pid = config?.State?.Pid;
  return { name, id, restarts: config?.RestartCount ?? 0, pid: pid === 0 ? undefined : pid };
}

/** What Docker keeps beside the log; readable for root only. */
interface DockerConfig {
  readonly Name?: string;
  readonly RestartCount?: number;
  readonly State?: { readonly Pid?: number };
}

function parse(text: ByteString | undefined): DockerConfig | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(toText(text)) as DockerConfig;
  } catch {
    return undefined;
  }
}

function podLog(path: ByteString): ContainerLog | undefined {
  const match = POD.exec(path);
  if (!match) return undefined;
  const [, namespace, pod, container, restarts] = match;
  const name = toText(`${namespace}/${pod}/${container}` as ByteString);
  return { name, id: undefined, restarts: Number(restarts), pid: undefined };
}
