/** The kubelet: volumes of pods by the pods' names, which stand in the directories of their logs. */
import { fromText, joinPath } from '../../../model/byte-string.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import { directoryNames } from '../../../system/directories/directory-names.ts';
import { directoriesAt, directoryPart } from '../parts.ts';
import type { Reader } from '../reader.ts';

export const kubelet: Reader = ({ store, tree }) => {
  const names = podNames();
  const { parent } = tree.columns;
  return {
    parts: directoriesAt(tree, store.directory, 'pods/*/volumes/*/*').map(({ directory }) => {
      const pod = tree.name(parent[parent[parent[directory]]]);
      const name = joinPath(names.get(pod) ?? pod, tree.name(directory));
      return directoryPart('pod-volume', name, directory, tree);
    }),
  };
};

/** /var/log/pods/NAMESPACE_POD_UID (kubernetes.io: Logging Architecture). */
function podNames(): Map<ByteString, ByteString> {
  const names = new Map<ByteString, ByteString>();
  for (const name of directoryNames(fromText('/var/log/pods'))) {
    const [namespace, pod, uid] = name.split('_');
    if (uid !== undefined) names.set(uid as ByteString, `${namespace}/${pod}` as ByteString);
  }
  return names;
}
