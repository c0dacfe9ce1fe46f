/** What stores keep beyond directories of a pattern, by store: adding one is its file here and a line. */
import type { StoreName } from '../../../model/store-name.ts';
import type { Reader } from '../reader.ts';
import { cassandra } from './cassandra.ts';
import { clickhouse } from './clickhouse.ts';
import { containerd } from './containerd.ts';
import { couchdb } from './couchdb.ts';
import { diskImages } from './disk-images.ts';
import { elasticsearch } from './elasticsearch.ts';
import { generations } from './generations.ts';
import { git } from './git.ts';
import { jenkins } from './jenkins.ts';
import { kafka, redpanda } from './kafka.ts';
import { kubelet } from './kubelet.ts';
import { linkedSnapshots } from './linked-snapshots.ts';
import { mongodb } from './mongodb.ts';
import { mysql } from './mysql.ts';
import { nextcloud } from './nextcloud.ts';
import { ollama } from './ollama.ts';
import { oracle } from './oracle.ts';
import { postgresql, postgresqlWalArchive } from './postgresql.ts';
import { prometheus } from './prometheus.ts';
import { rabbitmq } from './rabbitmq.ts';
import { zookeeper } from './zookeeper.ts';

export const readers: Readonly<Partial<Record<StoreName, Reader>>> = {
  postgresql,
  'postgresql-wal': generations('wal', /^[0-9A-F]{24}$/u),
  'postgresql-wal-archive': postgresqlWalArchive,
  mysql,
  oracle,
  'sql-server': generations('datafile', /\.[mnl]df$/iu),
  clickhouse,
  cassandra,
  scylladb: cassandra,
  mongodb,
  couchdb,
  elasticsearch,
  prometheus,
  kafka,
  redpanda,
  zookeeper,
  rabbitmq,
  containerd,
  kubelet,
  jenkins,
  'gitlab-backups': generations('backup', /_gitlab_backup\.tar$/u),
  git,
  nextcloud,
  'vm-images': diskImages,
  vmware: diskImages,
  ollama,
  'proxmox-dumps': generations('backup', /^vzdump-.*\.(?:vma|tar|tgz)(?:\.\w+)?$/u),
  veeam: generations('backup', /\.(?:vbk|vib|vrb)$/u),
  duplicity: generations('backup', /^duplicity-/u),
  duplicati: generations('backup', /^duplicati-/u),
  rsnapshot: linkedSnapshots,
  timeshift: linkedSnapshots,
  sendmail: generations('message', /^df/u),
};
