import { dirname } from 'node:path';
import type { Asset, NestedJob } from '../assets/asset.ts';
import { functionCall, functionFonts } from '../assets/function.ts';
import { checkJob, compositionOf, type Fault } from '../assets/layers.ts';
import type { EngineConfig } from '../config.ts';
import { JobRefusedError } from '../errors.ts';
import type { FontCatalog, FontCatalogSearch } from '../fonts/catalog.ts';
import type { WantedFont } from '../fonts/font.ts';
import { wantedFonts } from '../fonts/needs.ts';
import type { InspectionThread } from '../inspection/thread.ts';
import type { Renderers } from '../render/renderers.ts';
import type { Store } from '../store/store.ts';
import type { TemplateCatalog } from '../template/catalog.ts';
import { layersUnder } from '../template/composition.ts';
import { differenceWarnings } from '../template/difference-warnings.ts';
import { footageWarnings } from './check-footage.ts';
import { ScriptChecker } from './check-hook.ts';
import { SourceChecker } from './check-sources.ts';
import { type ResolvedTemplate, TemplateResolver } from './find-template.ts';
import { outputFormat } from './output.ts';
import type { JobCreation } from './request.ts';

/** What was found out about one job, without the jobs that are nested in it. */
export interface JobFindings {
  /** Null where it could not be found or read, which is one of the faults. */
  template: ResolvedTemplate | null;
  faults: Fault[];
  warnings: string[];
  /** A version of After Effects, or `bundled`; null where none was found. */
  renderer: string | null;
  fontNeeds: WantedFont[];
  missingFonts: string[];
}

/** What the planner works with. */
export interface PlannerParts {
  config: Pick<EngineConfig, 'allowScripts' | 'outputDir'>;
  store: Pick<Store, 'templates'>;
  inspection: Pick<InspectionThread, 'mediaKind'>;
  templateCatalog: TemplateCatalog;
  fontCatalog: FontCatalog;
  renderers: Renderers;
}

/** Checks the jobs of one call: what many of them name is looked at once. */
export class JobChecker {
  readonly #context: PlannerParts;
  readonly #templates: TemplateResolver;
  readonly #sources: SourceChecker;
  readonly #fonts: FontCatalogSearch;
  readonly #scripts = new ScriptChecker();

  constructor(context: PlannerParts) {
    this.#context = context;
    this.#templates = new TemplateResolver(context);
    this.#sources = new SourceChecker(context.inspection);
    this.#fonts = context.fontCatalog.search();
  }

  /** In the order: what cannot be rendered at all, template, composition, layers and properties, sources, renderer. */
  async check(job: JobCreation | NestedJob): Promise<JobFindings> {
    const findings: JobFindings = {
      template: null,
      faults: unsupported(job, this.#context.config.allowScripts),
      warnings: [],
      renderer: null,
      fontNeeds: [],
      missingFonts: [],
    };
    const { faults } = findings;
    const template = await refused(faults, () => this.#templates.resolve(job));
    if (template === null) return findings;
    findings.template = template;
    const composition = job.template.composition ?? null;
    const found = checkJob(template.model, { composition, assets: job.assets, frames: outputFormat(job).frames });
    findings.warnings.push(...found.warnings);
    faults.push(...found.faults, ...(await this.#sources.check(job.assets, dirname(template.path))));
    // Last: what is wrong with the job itself says more than what this machine lacks.
    const renderer = await refused(faults, async () => this.#context.renderers.for(template.type, job.settings.engine));
    if (renderer !== null) findings.renderer = renderer.kind === 'lottie' ? 'bundled' : job.settings.engine;
    if (renderer?.kind === 'lottie') faults.push(...soundFaults(job));
    if (renderer !== null) faults.push(...(await this.#scripts.check(renderer, job.assets)));
    // Fonts and footage are only worth a look for a job that will be rendered.
    if (faults.length === 0) await this.#lookAround(job, template, findings);
    return findings;
  }

  async #lookAround(job: JobCreation | NestedJob, template: ResolvedTemplate, findings: JobFindings): Promise<void> {
    const { model, path } = template;
    const composition = compositionOf(model, job.template.composition ?? null);
    if (composition !== undefined) {
      findings.warnings.push(...(await footageWarnings({ model, path, composition, assets: job.assets })));
      findings.warnings.push(...differenceWarnings(model, composition));
    }
    const texts = composition === undefined ? [] : layersUnder(model, composition);
    findings.fontNeeds = wantedFonts({
      used: texts.flatMap(({ layer }) => layer.text?.fonts ?? []),
      given: functionFonts(job.assets),
      listed: model.fonts,
      brought: model.ownFonts,
      fileNames: 'fonts' in job ? job.fonts : [],
    });
    const bundled = template.type === 'json' || template.type === 'lottie';
    const { missing } = await this.#fonts.find(findings.fontNeeds, {
      path,
      renderer: bundled ? 'bundled' : 'after-effects',
    });
    findings.missingFonts = missing;
  }
}

/** Runs a step that refuses a job by throwing; what it throws becomes one fault among others. */
async function refused<Result>(faults: Fault[], step: () => Promise<Result>): Promise<Result | null> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof JobRefusedError)) throw error;
    faults.push({ code: error.code, message: error.message });
    return null;
  }
}

/** What the contract knows and this library cannot do, or is not to do: said at once, not found out by a render. */
function unsupported(job: JobCreation | NestedJob, allowScripts: boolean): Fault[] {
  const faults: Fault[] = [];
  if (job.settings.type === 'aep') {
    const message = "settings.type: 'aep' (the project as output) cannot be made here; ask for video or image.";
    faults.push({ code: 'SETTINGS_UNSUPPORTED', message });
  }
  if ('upload' in job && job.upload?.params !== undefined) {
    const message =
      'upload.params: an upload needs the network, which this library does not use. Leave it out, and take the file from outputDir.';
    faults.push({ code: 'UPLOAD_UNSUPPORTED', message });
  }
  for (const [index, asset] of job.assets.entries()) {
    const fault = assetFault(asset, allowScripts);
    if (fault !== null) faults.push({ code: fault.code, message: `assets[${index}].${fault.message}` });
  }
  return faults;
}

function assetFault(asset: Asset, allowScripts: boolean): Fault | null {
  if (asset.type === 'script' && !allowScripts) {
    const message =
      'type: scripts of jobs are not run, since a script can do all that After Effects can do. Open the engine with allowScripts: true where you trust its jobs.';
    return { code: 'SCRIPTS_NOT_ALLOWED', message };
  }
  if (asset.type === 'function' && functionCall(asset).name === 'gen-ai') {
    const message = `name: ${asset.name} needs the network, which this library does not use; give the finished picture in an asset of type image.`;
    return { code: 'ASSET_TYPE_UNSUPPORTED', message };
  }
  return null;
}

function soundFaults(job: JobCreation | NestedJob): Fault[] {
  const message = 'the bundled renderer renders no sound; leave the asset out, or use an After Effects project.';
  return job.assets.flatMap(({ type }, index) =>
    type === 'audio' ? [{ code: 'ASSET_TYPE_UNSUPPORTED' as const, message: `assets[${index}].type: ${message}` }] : [],
  );
}
