/** Where the kubelet keeps the logs of its pods: /var/log/pods/NAMESPACE_POD_UID/CONTAINER/RESTARTS.log. */
import { fromText, joinPath, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { directoryNames } from '../directories/directory-names.ts';

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

const PODS = fromText('/var/log/pods');

/** A container's logs of its last lives, the newest first: the kubelet keeps two. */
export function podLogs({
  namespace,
  pod,
  uid,
  name,
}: Readonly<Record<'namespace' | 'pod' | 'uid' | 'name', string>>): ByteString[] {
  const directory = joinPath(PODS, fromText(`${namespace}_${pod}_${uid}/${name}`));
  return directoryNames(directory)
    .map(toText)
    .filter((file) => /^\d+\.log$/u.test(file))
    .toSorted((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10))
    .map((file) => joinPath(directory, fromText(file)));
}
