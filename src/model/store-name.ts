/** The programs whose stores are known by what lies in them, in ASCII codes: one line per family, as in catalogue/stores. */

export type StoreName =
  | RelationalStore
  | AnalyticStore
  | KeyValueStore
  | SearchStore
  | TimeSeriesStore
  | QueueStore
  | DistributedStore
  | ContainerStore
  | MachineStore
  | BuildStore
  | PipelineStore
  | RepositoryStore
  | BackupStore
  | MailStore
  | ApplicationStore
  | PackageStore
  | CacheStore
  | CollectionStore;

export type RelationalStore =
  | 'postgresql'
  | 'postgresql-wal'
  | 'postgresql-wal-archive'
  | 'pgbackrest'
  | 'barman'
  | 'mysql'
  | 'mysql-physical-backup'
  | 'oracle'
  | 'sql-server'
  | 'db2'
  | 'clickhouse'
  | 'cockroachdb'
  | 'tikv';

export type AnalyticStore = 'hana' | 'doris' | 'questdb' | 'yugabytedb';

export type KeyValueStore =
  | 'dqlite'
  | 'directory-server'
  | 'mongodb'
  | 'redis'
  | 'etcd'
  | 'consul'
  | 'vault'
  | 'nomad'
  | 'cassandra'
  | 'scylladb'
  | 'couchdb'
  | 'couchbase'
  | 'neo4j'
  | 'arangodb'
  | 'openldap'
  | 'lmdb'
  | 'berkeley-db'
  | 'hsqldb'
  | 'derby'
  | 'badger'
  | 'rocksdb'
  | 'bitcoin'
  | 'ethereum';

export type SearchStore =
  | 'elasticsearch'
  | 'elasticsearch-snapshots'
  | 'solr'
  | 'meilisearch'
  | 'qdrant'
  | 'splunk';

export type TimeSeriesStore =
  | 'prometheus'
  | 'mimir'
  | 'victoriametrics'
  | 'influxdb'
  | 'graphite'
  | 'netdata'
  | 'loki'
  | 'tempo'
  | 'thanos'
  | 'zabbix-export';

export type QueueStore =
  | 'kafka'
  | 'redpanda'
  | 'zookeeper'
  | 'rabbitmq'
  | 'activemq'
  | 'artemis'
  | 'nats'
  | 'bookkeeper'
  | 'rocketmq'
  | 'mosquitto'
  | 'logstash'
  | 'flink-checkpoints'
  | 'yarn-local'
  | 'druid-segments'
  | 'graylog-journal'
  | 'fluentd-buffer';

export type DistributedStore =
  | 'swift'
  | 'hdfs-datanode'
  | 'hdfs-namenode'
  | 'minio'
  | 'ceph-osd'
  | 'ceph-monitor'
  | 'glusterfs'
  | 'seaweedfs'
  | 'longhorn'
  | 'ipfs';

export type ContainerStore =
  | 'docker'
  | 'containerd'
  | 'podman'
  | 'k3s'
  | 'kubelet'
  | 'lxd'
  | 'container-registry'
  | 'buildkit'
  | 'harbor'
  | 'nspawn';

export type MachineStore =
  | 'nova'
  | 'vm-images'
  | 'virtualbox'
  | 'vmware'
  | 'lima'
  | 'multipass'
  | 'docker-desktop'
  | 'android-device'
  | 'proxmox-dumps'
  | 'proxmox-images'
  | 'proxmox-backup'
  | 'veeam';

export type CollectionStore =
  | 'frigate'
  | 'zoneminder'
  | 'asterisk-spool'
  | 'package-mirror'
  | 'netflow'
  | 'machine-records'
  | 'round-robin-databases'
  | 'vector-buffer'
  | 'syslog-queue'
  | 'wazuh'
  | 'build-roots';

export type CacheStore = 'nginx-cache' | 'squid-cache' | 'varnish-cache' | 'package-proxy';

export type BuildStore =
  | 'jenkins'
  | 'gitlab'
  | 'gitlab-backups'
  | 'gitea'
  | 'lfs-server'
  | 'sonarqube'
  | 'concourse-worker'
  | 'bazel-cache'
  | 'gitlab-runner'
  | 'nexus'
  | 'artifactory'
  | 'teamcity'
  | 'jira'
  | 'confluence';

export type PipelineStore = 'gocd' | 'nextflow' | 'yocto';

export type RepositoryStore = 'git' | 'subversion' | 'mercurial' | 'perforce' | 'dvc';

export type BackupStore =
  | 'bacula'
  | 'urbackup'
  | 'borg'
  | 'wal-g'
  | 'restic'
  | 'kopia'
  | 'duplicity'
  | 'duplicati'
  | 'rdiff-backup'
  | 'rsnapshot'
  | 'backuppc'
  | 'timeshift'
  | 'snapper'
  | 'time-machine';

export type MailStore = 'postfix' | 'exim' | 'sendmail' | 'dovecot' | 'maildir' | 'cyrus' | 'zimbra' | 'cups';

export type ApplicationStore =
  | 'icinga2'
  | 'bigbluebutton'
  | 'nextcloud'
  | 'mastodon'
  | 'peertube'
  | 'synapse'
  | 'immich'
  | 'jellyfin'
  | 'seafile'
  | 'moodle'
  | 'odoo'
  | 'home-assistant'
  | 'syncthing-versions'
  | 'audit-log';

export type PackageStore =
  | 'flatpak'
  | 'ostree'
  | 'nix'
  | 'guix'
  | 'snapd'
  | 'wine'
  | 'steam'
  | 'ollama'
  | 'huggingface';
