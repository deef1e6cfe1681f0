import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ProgramChecker, type Renderers } from '../aerender/renderers.ts';
import { type NestedJob, typeOf } from '../assets/asset.ts';
import { resolveAssets, textsOfSteps } from '../assets/layers.ts';
import type { EngineConfig } from '../config.ts';
import { type RendererKind, rendersWith } from '../contract/formats.ts';
import { EngineError, JobRefusedError, RenderError } from '../errors.ts';
import type { FontCatalog, FontCatalogSearch } from '../fonts/catalog.ts';
import type { FontFile } from '../fonts/font.ts';
import type { InspectionThread } from '../inspection/thread.ts';
import type { ClaimedJob } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import {
  type KnownTemplate,
  type ResolvedTemplate,
  type TemplateCatalog,
  TemplateFinder,
} from '../template/catalog.ts';
import { compositionOf, layersUnder, wantedFonts } from '../template/composition.ts';
import type { TemplateComposition, TemplateText } from '../template/model.ts';
import { SourceChecker, SourceLocator } from './check-sources.ts';
import { checkPicture, FootageChecker } from './check-template.ts';
import { codeOfOthers } from './code-of-others.ts';
import { type JobPlan, PLAN_VERSION, type PlannedJob, type PlannedRenderer } from './job-plan.ts';
import {
  nestedOutputs,
  outputFormat,
  plannedDelivery,
  plannedOutput,
  undelivered,
  unsupportedOutput,
} from './output.ts';
import { OutputNames } from './output-names.ts';
import { parseStoredJob } from './parse.ts';
import type { JobCreation } from './request.ts';

/** What the planner works with. */
interface PlannerParts {
  config: Pick<EngineConfig, 'allowScripts' | 'outputDir' | 'bundled' | 'resolve' | 'upload'>;
  store: Pick<Store, 'templates' | 'jobs'>;
  inspection: Pick<InspectionThread, 'mediaKind'>;
  templateCatalog: TemplateCatalog;
  fontCatalog: FontCatalog;
  renderers: Renderers;
  events: { readonly takesWebhooks: boolean };
}

/**
 * Understands jobs: template, composition, output, renderer, assets, files, fonts. What it finds is the job's plan, and
 * nothing after it understands the job again.
 */
export class Planner {
  readonly #parts: PlannerParts;

  constructor(parts: PlannerParts) {
    this.#parts = parts;
  }

  /** For the jobs of one call: what many of them name is looked at once. */
  begin(): Planning {
    return new Planning(this.#parts);
  }

  /**
   * The plan by which a claimed job is rendered: its own, unless the template has changed since, or an earlier version of
   * this library stored the job without one. Then it is planned from its payload, as by `create`.
   *
   * Throws `RenderError` with the code that `create` would have answered.
   */
  async current(job: ClaimedJob): Promise<JobPlan> {
    const plan = storedPlan(job.plan);
    if (plan !== null && (await this.#isUnchanged(plan))) {
      if (job.missingFonts.length === 0) return plan;
      // They may have been added since, as the warning advised.
      const query = { wanted: job.fontNeeds, template: job.templatePath, renderer: plan.renderer.kind };
      return { ...plan, fonts: await (await this.#parts.fontCatalog.search()).withAdded(plan.fonts, query) };
    }
    const { faults, plan: renewed } = await this.#again(job, plan?.renderer.kind ?? null);
    if (renewed !== null) return renewed;
    const since = plan === null ? '' : 'The template has changed since the job was created: ';
    throw new RenderError(
      faults[0]?.code ?? 'VALIDATION_ERROR',
      since + faults.map(({ message }) => message).join('; '),
    );
  }

  async #isUnchanged({ template: { path, type, size, modifiedAt, hash } }: JobPlan): Promise<boolean> {
    const facts = await stat(path).catch(() => null);
    if (facts === null) throw new RenderError('TEMPLATE_NOT_FOUND', `The template ${path} is no longer there.`);
    if (facts.size === size && facts.mtimeMs === modifiedAt) return true;
    // It was written again, perhaps with the same content.
    try {
      return (await this.#parts.templateCatalog.inspect(path, type)).hash === hash;
    } catch (error) {
      if (error instanceof EngineError) throw new RenderError(error.code, error.message, { cause: error });
      throw error;
    }
  }

  async #again(job: ClaimedJob, renderer: RendererKind | null): Promise<Pick<PlannedJob, 'faults' | 'plan'>> {
    const parsed = parseStoredJob(JSON.parse(job.payload), { nested: job.parentId !== null });
    if (!parsed.ok) return { faults: [parsed], plan: null };
    const template = { id: job.templateId, path: job.templatePath, type: job.templateType };
    return await this.begin().plan(parsed.job, template, renderer);
  }
}

function storedPlan(json: string | null): JobPlan | null {
  const plan = json === null ? null : (JSON.parse(json) as { version: number });
  return plan?.version === PLAN_VERSION ? (plan as JobPlan) : null;
}

/** Plans the jobs of one call. */
export class Planning {
  readonly #parts: PlannerParts;
  readonly #templates: TemplateFinder;
  readonly #sources: SourceChecker;
  readonly #footage = new FootageChecker();
  #fonts: Promise<FontCatalogSearch> | null = null;
  readonly #programs: ProgramChecker;
  readonly #stages = new Map<string, Promise<Stage>>();
  /** Where outputs are published. */
  readonly outputDir: string;
  #names: OutputNames | null = null;

  constructor(parts: PlannerParts) {
    this.#parts = parts;
    this.outputDir = parts.config.outputDir;
    const locator = new SourceLocator(parts.config.resolve);
    this.#templates = new TemplateFinder(parts.templateCatalog, parts.store.templates, locator);
    this.#programs = new ProgramChecker(parts.renderers);
    this.#sources = new SourceChecker(parts.inspection, locator);
  }

  /** The names of outputs that are given away. */
  get names(): OutputNames {
    this.#names ??= new OutputNames(() => this.#parts.store.jobs.unendedOutputs());
    return this.#names;
  }

  /**
   * Plans a job that is not to be stored. On a machine without After Effects a job that only After Effects could render is
   * no fault of its caller, who may send it to a machine that has one: a warning says so.
   */
  async check(job: JobCreation | NestedJob): Promise<PlannedJob> {
    const here = await this.plan(job);
    const isProject = here.template !== null && rendersWith(here.template.type) === 'after-effects';
    if (here.faults.length === 0 || !isProject || !this.#parts.renderers.lackAfterEffects) return here;
    const there = await this.plan(job, null, 'after-effects');
    if (there.faults.some(({ code }) => code !== 'AERENDER_NOT_FOUND')) return here;
    const reasons = here.faults.map(({ message }) => message).join(' ');
    const warning = `This machine has no After Effects, and could not render the job, which one with After Effects can: ${reasons}`;
    return { ...there, faults: [], warnings: [...there.warnings, warning] };
  }

  /**
   * In the order: what cannot be rendered at all, template, composition, layers and properties, sources, renderer.
   * `known`: where the template was when the job was created. `decided`: what was to render it then, which stays so.
   */
  async plan(
    job: JobCreation | NestedJob,
    known: KnownTemplate | null = null,
    decided: RendererKind | null = null,
  ): Promise<PlannedJob> {
    const format = outputFormat(job);
    const planned: PlannedJob = {
      template: null,
      plan: null,
      extension: format.extension,
      fileName: format.fileName,
      faults: unsupportedOutput(job),
      warnings: undelivered(job, {
        uploads: this.#parts.config.upload !== undefined,
        webhooks: this.#parts.events.takesWebhooks,
      }),
      wantedFonts: [],
      missingFonts: [],
    };
    const { faults } = planned;
    let stage: Stage;
    try {
      stage = await this.#stageOf(job, known, decided);
    } catch (error) {
      if (!(error instanceof JobRefusedError)) throw error;
      faults.push({ code: error.code, message: error.message });
      return planned;
    }
    const { template, composition, renderer, supersample } = stage;
    planned.template = template;
    const { model, path, type, hash, size, modifiedAt } = template;
    const name = job.template.composition ?? null;
    const limits = { renderer: renderer.kind, allowScripts: this.#parts.config.allowScripts };
    const resolved = resolveAssets(model, limits, { composition: name, assets: job.assets, frames: format.frames });
    planned.warnings.push(...resolved.warnings);
    const sources = await this.#sources.check(job.assets, { folder: dirname(path), type, renderer: renderer.kind });
    faults.push(...resolved.faults, ...sources.faults);
    // Last: what is wrong with the job itself says more than what this machine lacks.
    const needsScript = job.assets.some(({ type: kind }) => kind !== 'static');
    const { codec } = format;
    const program = await this.#programs.check(renderer, {
      ...{ codec, needsScript, writtenBy: model.writtenBy },
      codeOfOthers: () => codeOfOthers(job.assets, model, composition),
    });
    faults.push(...program.faults, ...(stage.picture?.faults ?? []));
    planned.warnings.push(...(stage.picture?.warnings ?? []));
    if (faults.length > 0) return planned;
    // Fonts and footage are only worth a look for a job that will be rendered.
    const fonts = await this.#lookAround(job, stage, planned, resolved.steps);
    planned.plan = {
      version: PLAN_VERSION,
      template: { path, type, hash, size, modifiedAt, beside: await this.#footage.beside(template, renderer.kind) },
      composition: composition?.name ?? name,
      renderer: { ...renderer, ...(program.ffmpeg === null ? {} : { ffmpeg: program.ffmpeg }) },
      output: plannedOutput(format, {
        composition,
        assets: job.assets,
        renderer: renderer.kind,
        supersample,
        overwrite: job.local?.overwrite,
      }),
      files: [...sources.files, ...nestedOutputs(job)],
      steps: resolved.steps,
      fonts,
      ...plannedDelivery(job),
    };
    return planned;
  }

  /** Jobs that name the same template, composition and renderer share one. Throws `JobRefusedError`. */
  #stageOf(job: JobCreation | NestedJob, known: KnownTemplate | null, decided: RendererKind | null): Promise<Stage> {
    const { id, src, composition } = job.template;
    const supersample = job.local?.supersample ?? this.#parts.config.bundled.supersample;
    const key = JSON.stringify([id, src, composition, job.settings.engine, supersample, known, decided]);
    const stage = this.#stages.get(key) ?? this.#findStage(job, supersample, { known, decided });
    this.#stages.set(key, stage);
    return stage;
  }

  async #findStage(
    job: JobCreation | NestedJob,
    supersample: 1 | 2 | 4,
    { known, decided }: { known: KnownTemplate | null; decided: RendererKind | null },
  ): Promise<Stage> {
    const template = await this.#templates.find(job.template, known);
    const { model, type } = template;
    const renderer = { kind: decided ?? this.#parts.renderers.choose(type), engine: job.settings.engine };
    const composition = compositionOf(model, job.template.composition ?? null);
    const stage = { template, composition, renderer, supersample, picture: null, texts: [] };
    if (composition === undefined) return stage;
    const texts = layersUnder(model, composition).flatMap(({ layer: { name, text } }) =>
      text === undefined ? [] : [{ ...text, layer: name }],
    );
    if (renderer.kind === 'after-effects') return { ...stage, texts };
    return {
      ...stage,
      texts,
      picture: checkPicture(model, composition, { ...this.#parts.config.bundled, supersample }),
    };
  }

  /** What the template shows: the fonts of its texts, and its footage. */
  async #lookAround(
    job: JobCreation | NestedJob,
    { template, composition, renderer, texts }: Stage,
    planned: PlannedJob,
    steps: JobPlan['steps'],
  ): Promise<FontFile[]> {
    const { model, path } = template;
    if (composition !== undefined)
      planned.warnings.push(...(await this.#footage.warnings(template, composition, steps)));
    const given = job.assets.flatMap((asset) => typeOf(asset).fonts?.(asset) ?? []);
    planned.wantedFonts = wantedFonts(model, texts, {
      given,
      fileNames: 'fonts' in job ? job.fonts : [],
    });
    if (planned.wantedFonts.length === 0) return [];
    this.#fonts ??= this.#parts.fontCatalog.search();
    const fonts = await (await this.#fonts).find({
      wanted: planned.wantedFonts,
      template: path,
      renderer: renderer.kind,
      texts: [
        ...texts.map(({ characters, text, fonts }) => ({ text: characters ?? text, fonts })),
        // A font that a function sets may be that of any layer.
        ...textsOfSteps(steps, given.length === 0 ? texts : []),
      ],
    });
    planned.missingFonts = fonts.missing;
    planned.warnings.push(...fonts.warnings);
    return fonts.files;
  }
}

/** What the assets of a job are put on: most jobs of a call have the same. */
interface Stage {
  template: ResolvedTemplate;
  /** Undefined if there is none of the name that the job gives. */
  composition: TemplateComposition | undefined;
  renderer: PlannedRenderer;
  /** How many times larger the bundled renderer draws. */
  supersample: 1 | 2 | 4;
  /** Null if After Effects draws it. */
  picture: ReturnType<typeof checkPicture> | null;
  /** The texts of the composition and of those under it, each with the name of its layer. */
  texts: (TemplateText & { layer: string })[];
}
