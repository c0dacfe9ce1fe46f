/** Where the kubelet keeps the logs of its pods: /var/log/pods/NAMESPACE_POD_UID/CONTAINER/RESTARTS.log. */
import type { ByteString } from '../../model/byte-string.ts';

interface PodLog {
  readonly namespace: ByteString;
  readonly pod: ByteString;
  readonly container: ByteString;
  /** Starts of the container after the first. */
  readonly restarts: number;
}

const POD = /\/log\/pods\/([^/_]+)_([^/_]+)_[^/]+\/([^/]+)\/(\d+)\.log/u;

/** Undefined for other paths. */
export function podOfLog(path: ByteString): PodLog | undefined {
  const match = POD.exec(path);
  if (!match) return undefined;
  const [, namespace, pod, container] = match as unknown as ByteString[];
  return { namespace, pod, container, restarts: Number(match[4]) };
}
