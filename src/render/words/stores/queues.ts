/** Message brokers and buffers. */
import type { QueueStore } from '../../../model/store-name.ts';
import type { StoreWords } from './store-words.ts';

export const queues: Readonly<Record<QueueStore, StoreWords>> = {
  kafka: {
    name: 'Kafka topics',
    gives:
      'shorten retention.ms or retention.bytes of the largest topic: the broker then removes whole segments by itself; topics that begin with __ are its own: where they grow, see that its log cleaner runs (log-cleaner.log), else restart it',
    never: 'never delete or truncate .log segments: they are the messages, not a log',
  },
  redpanda: {
    name: 'Redpanda topics',
    gives: 'shorten retention.ms of the largest topic: segments go by themselves then',
    never: 'never delete segments by hand',
  },
  zookeeper: {
    name: 'ZooKeeper snapshots and logs',
    gives:
      'its own purge keeps the newest three snapshots and the logs they need; autopurge.purgeInterval does it by itself',
    never: 'never delete log.* or snapshot.* by hand: the newest are the data',
  },
  rabbitmq: {
    name: 'RabbitMQ queues',
    gives:
      'see which queue holds most messages and whether anybody consumes it; purge it only if its messages may be lost; give queues a length or time limit',
    never: 'never delete files of the message store: the node does not start any more',
  },
  activemq: {
    name: 'ActiveMQ message store',
    gives:
      'a single unread message keeps its whole journal file: see which queue (often a dead-letter queue) is not consumed, and purge that',
    never: 'never delete or truncate db-*.log: they are the messages',
  },
  artemis: {
    name: 'ActiveMQ Artemis message store',
    gives: 'see which queue is not consumed and purge that',
    never: 'never delete .amq files: they are the messages',
  },
  nats: {
    name: 'NATS JetStream streams',
    gives: 'purge a stream or give it limits (--max-age, --max-bytes)',
    never: 'never delete .blk files by hand',
  },
  bookkeeper: {
    name: 'BookKeeper ledgers',
    gives:
      'ledgers go when no topic needs them: lower retention and expire messages of subscriptions nobody reads (Pulsar)',
    never: 'never delete journal or entry logs by hand',
  },
  rocketmq: {
    name: 'RocketMQ messages',
    gives:
      'lower fileReservedTime in broker.conf: it deletes at deleteWhen, and earlier above diskMaxUsedSpaceRatio',
    never: 'never delete single commitlog files by hand',
  },
  mosquitto: {
    name: 'Mosquitto messages',
    gives:
      'messages wait for clients that never came back: set persistent_client_expiration and max_queued_messages',
    never: 'never truncate mosquitto.db while it runs',
  },
  logstash: {
    name: 'Logstash queue',
    gives: 'events wait because the output does not take them: repair that; queue.max_bytes caps it',
    never: 'never delete pages: they are events nobody has yet',
  },
  'graylog-journal': {
    name: 'Graylog journal',
    gives:
      'messages wait because the search cluster does not take them: repair that, the journal then empties itself; message_journal_max_size caps it',
    never: 'never delete it while messages in it are wanted',
  },
  'flink-checkpoints': {
    name: 'Flink checkpoints',
    gives:
      'lower state.checkpoints.num-retained, and delete the directories of jobs that no longer exist and nobody starts again from',
    never: 'never shared/ or the newest chk- of a job: it starts again from them',
  },
  'yarn-local': {
    name: 'files of YARN jobs on this node',
    gives:
      'they go with their application: end those that hang (yarn application -kill); localizer.cache.target-size-mb caps what is cached',
    never: 'never those of an application that runs',
  },
  'druid-segments': {
    name: 'Druid segments on this node',
    gives:
      'lower maxSize of druid.segmentCache.locations, or drop old segments by rules: deep storage keeps them',
    never: 'never while the historical runs: it serves what it says it has',
  },
  'fluentd-buffer': {
    name: 'Fluentd or Fluent Bit buffer',
    gives:
      'chunks wait because the output does not take them: repair that, then have it flush; total_limit_size caps it',
    never: 'never delete buffer files: they are logs nobody has yet',
  },
};
