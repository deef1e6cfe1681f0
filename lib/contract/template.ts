/** The kinds of template file: those of the cloud (`aep`, `mogrt`, `zip`), After Effects' XML form, and Lottie/Bodymovin. */
export const TEMPLATE_TYPES = ['aep', 'aepx', 'mogrt', 'zip', 'json', 'lottie'] as const;
export type TemplateType = (typeof TEMPLATE_TYPES)[number];
