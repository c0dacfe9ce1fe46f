/** Stores of message brokers and of what waits to be sent: unread messages are data. */
import type { QueueStore } from '../../model/store-name.ts';
import type { StoreEntry } from './store-entry.ts';

export const queues: readonly (StoreEntry & { readonly store: QueueStore })[] = [
  {
    store: 'redpanda',
    marks: ['redpanda/controller kafka', 'pid.lock kafka redpanda'],
    programs: ['redpanda'],
    levers: [
      { command: 'rpk topic alter-config TOPIC --set retention.ms=86400000', loses: 'old-generations' },
      { command: 'rpk cluster logdirs describe --aggregate-into topic', does: 'shows' },
    ],
    source: 'docs.redpanda.com: Disk Utilization, rpk topic alter-config, rpk cluster logdirs describe',
  },
  {
    store: 'graylog-journal',
    marks: ['messagejournal-0', 'messagejournal-[0-9]*'],
    levers: [{ command: 'graylog-server journal show', does: 'shows' }],
    parts: [['journal', 'messagejournal-*']],
    source: 'go2docs.graylog.org: message_journal_dir, journal',
  },
  {
    store: 'kafka',
    marks: [
      'meta.properties',
      'recovery-point-offset-checkpoint log-start-offset-checkpoint',
      'replication-offset-checkpoint recovery-point-offset-checkpoint',
      '00000000000000000000.log 00000000000000000000.timeindex',
      '*-[0-9]*/00000000000000000000.timeindex',
    ],
    begins: { 'meta.properties': /(?:^|\n)(?:cluster\.id|broker\.id|node\.id)\s*=/u },
    places: ['kafka-data'],
    levers: [
      {
        command:
          'kafka-configs.sh --bootstrap-server localhost:9092 --alter --entity-type topics --entity-name TOPIC --add-config retention.ms=86400000',
        loses: 'old-generations',
      },
      { command: 'kafka-log-dirs.sh --bootstrap-server localhost:9092 --describe', does: 'shows' },
    ],
    configuration: [
      {
        files: [
          '/etc/kafka/server.properties',
          '/opt/kafka/config/server.properties',
          '/opt/kafka/config/kraft/server.properties',
        ],
        pattern: /^log\.dirs?\s*=\s*(\S+)/mu,
      },
    ],
    source: 'kafka.apache.org/documentation: log.dirs, retention.ms, kafka-configs.sh, kafka-log-dirs.sh',
  },
  {
    store: 'zookeeper',
    marks: [
      'version-2/snapshot.*',
      'version-2/log.*',
      'version-2/currentEpoch',
      'snapshot.[0-9a-f]* log.[0-9a-f]* currentEpoch',
    ],
    places: ['zookeeper-data'],
    levers: [{ command: 'zkCleanup.sh {store} -n 3', loses: 'old-generations' }],
    configuration: [
      {
        files: ['/etc/zookeeper/conf/zoo.cfg', '/opt/zookeeper/conf/zoo.cfg', '/etc/zookeeper/zoo.cfg'],
        pattern: /^data(?:Log)?Dir\s*=\s*(\S+)/mu,
      },
    ],
    source: 'zookeeper.apache.org admin guide: Ongoing Data Directory Cleanup, autopurge',
  },
  {
    store: 'rabbitmq',
    marks: [
      'mnesia/*@*',
      'msg_stores quorum',
      'msg_stores schema.DAT',
      'rabbit_serial',
      '*@*/msg_stores',
      '*@*/quorum',
    ],
    places: ['rabbitmq-data'],
    parts: [
      ['message', '*/*/msg_stores/*/*'],
      ['message', '*/msg_stores/*/*'],
      ['message', 'msg_stores/*/*'],
      ['queue', '*/*/quorum'],
      ['queue', '*/quorum'],
      ['queue', 'quorum'],
      ['stream', '*/*/stream'],
      ['stream', 'stream'],
    ],
    levers: [
      { command: 'rabbitmqctl list_queues -p VHOST name messages message_bytes consumers', does: 'shows' },
      { command: 'rabbitmqctl purge_queue -p VHOST QUEUE', loses: 'content' },
    ],
    source: 'rabbitmqctl(8); rabbitmq.com/docs: File and Directory Locations, message store',
  },
  {
    store: 'artemis',
    marks: [
      'activemq-data-[0-9]*.amq',
      'journal/activemq-data-*.amq',
      'journal bindings paging',
      'bindings/activemq-bindings-*',
    ],
    parts: [
      ['journal', 'journal'],
      ['message', 'paging'],
      ['message', 'large-messages'],
    ],
    levers: [
      { command: 'artemis queue stat', does: 'shows' },
      { command: 'artemis queue purge --name QUEUE', loses: 'content' },
    ],
    source: 'activemq.apache.org/components/artemis/documentation: Using the CLI, Persistence',
  },
  {
    store: 'activemq',
    marks: ['db.data db-[0-9]*.log', 'db.data db.redo', 'kahadb/db.data'],
    logs: /^(?:activemq|audit)\.log$/u,
    levers: [
      { command: 'activemq dstat queues', does: 'shows' },
      { command: 'activemq purge QUEUE', loses: 'content' },
    ],
    source: 'activemq.apache.org: KahaDB; Activemq command line tools: dstat, purge',
  },
  {
    store: 'nats',
    marks: ['jetstream/*/streams', 'streams/*/meta.inf', '*/streams/*/meta.inf'],
    programs: ['nats-server'],
    parts: [
      ['stream', 'jetstream/*/streams/*'],
      ['stream', 'streams/*'],
      ['stream', '*/streams/*'],
    ],
    levers: [
      { command: 'nats stream report', does: 'shows' },
      { command: 'nats stream purge STREAM', loses: 'content' },
    ],
    source: 'docs.nats.io: JetStream, nats stream report, nats stream purge',
  },
  {
    store: 'bookkeeper',
    marks: [
      'current/VERSION current/lastMark',
      'current/*.txn current/VERSION',
      'ledgers/current/VERSION',
      'current/lastId current/*.log',
    ],
    levers: [
      {
        command: 'pulsar-admin namespaces set-retention TENANT/NAMESPACE --size 10G --time 1d',
        loses: 'old-generations',
      },
      { command: 'bookkeeper shell bookieinfo', does: 'shows' },
    ],
    source: 'pulsar.apache.org/docs: retention and expiry; bookkeeper.apache.org: bookie directories',
  },
  {
    store: 'rocketmq',
    marks: ['commitlog consumequeue'],
    parts: [
      ['message', 'commitlog'],
      ['queue', 'consumequeue'],
      ['index', 'index'],
    ],
    levers: [{ command: 'mqadmin cleanExpiredCQ -n localhost:9876', loses: 'leftovers' }],
    source: 'rocketmq.apache.org: fileReservedTime, deleteWhen, mqadmin cleanExpiredCQ',
  },
  {
    store: 'mosquitto',
    marks: ['mosquitto.db'],
    programs: ['mosquitto'],
    extent: /^mosquitto\.db/u,
    levers: [{ command: "mosquitto_sub -t '#' --retained-only -W 5 -v", does: 'shows' }],
    source: 'mosquitto.conf(5): persistence_location, max_queued_messages, persistent_client_expiration',
  },
  {
    store: 'logstash',
    marks: [
      'checkpoint.head page.[0-9]*',
      'queue/*/checkpoint.head',
      '*/checkpoint.head',
      'dead_letter_queue queue',
    ],
    parts: [
      ['queue', 'queue/*'],
      ['queue', 'dead_letter_queue/*'],
      ['queue', '*'],
    ],
    levers: [{ command: "curl 'http://localhost:9600/_node/stats/pipelines?pretty'", does: 'shows' }],
    source: 'elastic.co: Logstash persistent queues (PQ), dead letter queues',
  },
  {
    store: 'flink-checkpoints',
    marks: ['chk-[0-9]* shared taskowned', '*/chk-[0-9]*/_metadata'],
    parts: [
      ['snapshot', 'chk-*'],
      ['snapshot', '*/chk-*'],
      ['content', '*/shared'],
      ['content', 'shared'],
    ],
    levers: [{ command: 'flink list -a', does: 'shows' }],
    source: 'nightlies.apache.org/flink: Checkpoints (directory structure, retained checkpoints)',
  },
  {
    store: 'yarn-local',
    marks: ['filecache nmPrivate usercache', 'filecache usercache'],
    parts: [
      ['temporary', 'usercache/*'],
      ['cache', 'filecache'],
    ],
    levers: [{ command: 'yarn application -list', does: 'shows' }],
    source: 'hadoop.apache.org: yarn.nodemanager.local-dirs, localizer.cache.target-size-mb',
  },
  {
    store: 'druid-segments',
    marks: ['segment-cache/info_dir'],
    parts: [
      ['table', 'segment-cache/*'],
      ['table', '*'],
    ],
    levers: [
      { command: 'curl http://localhost:8081/druid/coordinator/v1/datasources?simple', does: 'shows' },
    ],
    source: 'druid.apache.org: druid.segmentCache.locations (maxSize), Coordinator API',
  },
  {
    store: 'fluentd-buffer',
    marks: [
      'buffer.[bq]*.log buffer.[bq]*.log.meta',
      '*.[bq][0-9a-f]*.log *.[bq][0-9a-f]*.log.meta',
      '*.[bq][0-9a-f]*.buffer',
      '*.flb',
      '*/*.flb',
    ],
    programs: ['fluentd', 'fluent-bit', 'td-agent'],
    levers: [{ command: 'pkill -USR1 fluentd', loses: 'nothing' }],
    source: 'docs.fluentd.org: buffer/file, signals (SIGUSR1 flushes buffered messages)',
  },
];
