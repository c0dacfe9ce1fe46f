/** Logs that a container runtime writes for its containers: whose they are, by their path (Docker, Kubernetes). */
import { baseName, fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { containerOfLog, readDockerContainer } from '../../system/services/docker-containers.ts';
import { podOfLog } from '../../system/services/pod-logs.ts';

export interface ContainerLog {
  /** "web", "shop/cart-7d9f/app". */
  readonly name: ByteString;
  /** As the runtime calls it; undefined where the path does not say. */
  readonly id: string | undefined;
  /** Starts after the first, as far as the runtime counted them. */
  readonly restarts: number;
  /** Its first process; undefined where it does not run or that is not known. */
  readonly pid: number | undefined;
}

export function containerLog(path: ByteString): ContainerLog | undefined {
  return dockerLog(path) ?? podLog(path);
}

function dockerLog(path: ByteString): ContainerLog | undefined {
  const directory = containerOfLog(path);
  if (directory === undefined) return undefined;
  const id = baseName(directory);
  const container = readDockerContainer(directory);
  const { name, restarts = 0, pid } = container ?? {};
  return { name: name === undefined ? (id.slice(0, 12) as ByteString) : fromText(name), id, restarts, pid };
}

function podLog(path: ByteString): ContainerLog | undefined {
  const log = podOfLog(path);
  if (log === undefined) return undefined;
  const name = `${log.namespace}/${log.pod}/${log.container}` as ByteString;
  return { name, id: undefined, restarts: log.restarts, pid: undefined };
}
