/** Kafka and Redpanda: topics by size, over all their partitions. */
import type { Action } from '../../../model/action.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import type { StorePart } from '../../../model/findings/store.ts';
import { directoriesAt, directoryPart, part } from '../parts.ts';
import type { Read, Reader } from '../reader.ts';
import { looking } from '../../claims/looking.ts';
import { giving } from '../store-actions.ts';

export const kafka: Reader = (read) => {
  const { store, tree } = read;
  const { diskBytes, newest } = tree.columns;
  const partitions = [...tree.children(store.directory)].map((directory) => ({
    directory,
    name: tree.name(directory),
  }));
  const byTopic = Map.groupBy(partitions, ({ name }) => topicOf(name));
  const topics = [...byTopic].map(([topic, own]) => {
    const bytes = own.reduce((sum, { directory }) => sum + diskBytes[directory], 0);
    const newestAt = Math.max(...own.map(({ directory }) => newest[directory]));
    return part(topic === DELETED ? 'garbage' : 'topic', topic === DELETED ? undefined : topic, bytes, {
      count: own.length,
      newestAt,
    });
  });
  const [largest] = topics.toSorted((a, b) => b.diskBytes - a.diskBytes);
  return largest?.name !== undefined && OWN_TOPIC.test(largest.name)
    ? { parts: topics, actions: [policyOf(largest.name)], onlyThese: true }
    : { parts: topics, actions: retention(topics, read) };
};

/** Compacted by the broker: they grow where its cleaner has died, and a shorter retention of others does not help. */
const OWN_TOPIC = /^__[\w.-]+$/u;

function policyOf(topic: ByteString): Action {
  return looking(
    ...'kafka-configs.sh --bootstrap-server localhost:9092 --describe --all --entity-type topics'.split(' '),
    '--entity-name',
    topic,
  );
}

const DELETED = '' as ByteString;

/** TOPIC-PARTITION; the broker renames what it is about to delete to …-delete (kafka.log.LogManager). */
function topicOf(directory: ByteString): ByteString {
  if (directory.endsWith('-delete')) return DELETED;
  return directory.replace(/-\d+$/u, '') as ByteString;
}

/** Its own topics hold what consumers have read and transactions: never shortened. */
function retention(topics: readonly StorePart[], { store, inside }: Read): Action[] {
  const [largest] = topics
    .filter(({ kind, name }) => kind === 'topic' && name !== undefined && /^(?!__)[\w.-]+$/u.test(name))
    .toSorted((a, b) => b.diskBytes - a.diskBytes);
  if (largest === undefined) return [];
  return [
    giving(
      store.entry.store,
      {
        argv: [
          ...'kafka-configs.sh --bootstrap-server localhost:9092 --alter --entity-type topics'.split(' '),
          '--entity-name',
          largest.name ?? '',
          '--add-config',
          'retention.ms=86400000',
        ],
        loses: 'old-generations',
      },
      inside,
    ),
  ];
}

/** Redpanda keeps NAMESPACE/TOPIC/PARTITION_REVISION. */
export const redpanda: Reader = ({ store, tree }) => ({
  parts: ['kafka/*', 'redpanda/*'].flatMap((pattern) =>
    directoriesAt(tree, store.directory, pattern).map(({ directory, name }) =>
      directoryPart('topic', name, directory, tree),
    ),
  ),
});
