/** Build servers, code hosts, artifact repositories. */
import type { BuildStore } from '../../../model/store-name.ts';
import type { StoreWords } from './store-words.ts';

export const builds: Readonly<Record<BuildStore, StoreWords>> = {
  jenkins: {
    name: 'Jenkins builds and workspaces',
    gives:
      'turn on "Discard old builds" in the largest jobs, or delete a range of builds; wipe workspaces from the job while no build runs in them',
    never: 'never delete below jobs/ by hand while it runs: config.xml of the job lies there too',
  },
  gitlab: {
    name: 'GitLab data',
    gives:
      'let it remove orphaned artifacts and unused registry layers, set expire_in for artifacts and backup_keep_time for backups',
    never: 'never delete repositories, uploads or artifacts by hand: the database lists them',
  },
  'gitlab-backups': {
    name: 'GitLab backups',
    gives: 'set backup_keep_time in gitlab.rb: each new backup then removes those that are older',
    never: 'the newest one that was restored once stays',
  },
  gitea: {
    name: 'Gitea or Forgejo data',
    gives:
      'run "Delete all repositories\' archives" and "Garbage collect all repositories" in site administration; set retention for packages and actions',
    never: 'never delete repositories or packages by hand: the database lists them',
  },
  'lfs-server': {
    name: 'Git LFS objects of a server',
    gives:
      'let its server remove objects that no repository names any more; in GitLab remove their references first (gitlab:cleanup:orphan_lfs_file_references)',
    never: 'never single objects by hand: a clone that needs one fails, and repositories share them',
  },
  sonarqube: {
    name: 'SonarQube data',
    gives:
      'set housekeeping to keep fewer analyses; with SonarQube stopped its search index (data/es…) may go: it is built anew at the start',
    never: 'never the index while it runs',
  },
  'concourse-worker': {
    name: 'volumes of a Concourse worker',
    gives:
      'Concourse collects volumes by itself: remove stale resources and pipelines; a worker that is landed and started anew begins empty',
    never: 'never single volumes by hand: builds and other volumes stand on them',
  },
  'bazel-cache': {
    name: 'Bazel build cache',
    gives:
      'lower --max_size of bazel-remote, or set --experimental_disk_cache_gc_max_size for --disk_cache; as a whole it may go while no build runs',
    never: 'never single files: an action that names a missing one fails its build',
  },
  'gitlab-runner': {
    name: "GitLab Runner's builds and caches",
    gives:
      'pause the runner, wait until no job runs, then clear builds and caches: the next job makes what it needs anew, more slowly; volumes of the Docker executor go by clear-docker-cache prune-volumes',
    never: 'never while a job runs in it',
  },
  nexus: {
    name: 'Nexus blob stores',
    gives:
      'cleanup policies and deleted repositories only mark blobs: run the task "Admin - Compact blob store", which gives the space back',
    never: 'never delete blobs below content/ by hand',
  },
  artifactory: {
    name: 'Artifactory filestore',
    gives: 'delete artifacts and empty the trash can in Artifactory, then run its garbage collection',
    never: 'never delete files below filestore/ by hand: artifacts share them',
  },
  teamcity: {
    name: 'TeamCity artifacts and build logs',
    gives: 'set clean-up rules and run the clean-up in Administration',
    never: 'never delete below system/ while the server runs',
  },
  jira: {
    name: 'Jira home',
    gives:
      'its backup service writes an archive into export/ every 12 hours: turn it off or clear old ones; attachments go in Jira',
    never: 'never delete attachments by hand: the database lists them',
  },
  confluence: {
    name: 'Confluence home',
    gives:
      'its daily backup writes an archive into backups/: turn it off in scheduled jobs or clear old ones; attachments and versions go in Confluence',
    never: 'never delete attachments by hand: the database lists them',
  },
};
