/** Servers and tools that run jobs in steps, and keep what each step made. */
import type { PipelineStore } from '../../model/store-name.ts';
import type { StoreEntry } from './store-entry.ts';

export const pipelines: readonly (StoreEntry & { readonly store: PipelineStore })[] = [
  {
    store: 'gocd',
    marks: ['artifacts/pipelines db', 'pipelines serverBackups'],
    parts: [
      ['build', 'artifacts/pipelines/*'],
      ['build', 'pipelines/*'],
      ['backup', 'artifacts/serverBackups'],
      ['database', 'db'],
    ],
    levers: [],
    source: 'docs.gocd.org: Managing artifacts and logs, Back up GoCD Server',
  },
  {
    store: 'nextflow',
    marks: ['.nextflow/cache work', '.nextflow/history work'],
    extent: /^(?:work|\.nextflow.*)$/u,
    parts: [['workspace', 'work']],
    levers: [{ command: 'nextflow log', does: 'shows' }],
    source: 'nextflow.io/docs: Caching and resuming, CLI reference (log, clean), publishDir',
  },
  {
    store: 'yocto',
    marks: ['conf/bblayers.conf'],
    extent: /^(?:tmp(?:-.*)?|sstate-cache|downloads|cache|conf|buildhistory)$/u,
    parts: [
      ['workspace', 'tmp/work'],
      ['image', 'tmp/deploy'],
      ['cache', 'sstate-cache'],
      ['content', 'downloads'],
    ],
    levers: [],
    source: 'docs.yoctoproject.org: rm_work, Shared State Cache, source directory structure',
  },
];
