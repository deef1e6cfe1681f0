/**
 * Documents of which lottie-web's picture is no measure, with the reason. The evidence is After Effects' own frames where
 * there are some (`truth`), Adobe's words, or the document itself; each was looked at.
 */
const REASONS: Readonly<Record<string, string>> = {
  'After Effects\u2019 own frames of this project are as ours':
    'test-files__bloat test-files__gradient-ease test-files__gradient-linear-alpha test-files__gradient-linear-midpoint test-files__gradient-linear test-files__gradient-radial-highlight test-files__gradient-radial test-files__offset-path-round test-files__offset-path test-files__pucker test-files__star test-files__stroke-dash picture-embedded-large mask-mode-darken mask-mode-difference mask-inverted mask-open-path mask-expansion offset-path offset-path-order-after-fill merge-paths-subtract merge-paths-intersect merge-paths-exclude repeater-fraction-offset matte-luma-inverted matte-source-hidden',
  'its gradients bend at their midpoints or lie half a pixel off, as After Effects\u2019 frames show of others':
    'lottie-android__OpacityStops lottie-android__clock_animation_transparent_background lottie-ios__issue_1762 lottie-ios__pr_1734 rlottie__waves_ thorvg.example__pumpkin gradient-radial-highlight',
  'lottie-web draws nothing of it, or only a part':
    'lottie-android__adrock_converted lottie-android__bm_converted lottie-android__catrim_converted lottie-android__dalek_converted lottie-android__TgsWithoutOpacity lottie-android__vr_animation lottie-android__hardware lottie-android__mindful lottie-android__EditedColor lottie-android__U lottie-ios__issue_1169_four_shadows lottie-ios__issue_1683 lottie-ios__pr_1599 lottie-ios__pr_1632_1 lottie-ios__pr_1632_2 lottie-ios__pr_1699 lottie-ios__pr_1930_all_axis lottie-ios__pr_1930_rx lottie-ios__pr_1930_rz rlottie__starts_transparent thorvg.example__spin audio-embedded audio-file-missing rotation-rz-in-2d-layer precomp-no-size layer-op-before-ip colour-short-hex-solid',
  'lottie-web cuts drop shadows at the bounds of their layer':
    'lottie-android__AnimatedShadow lottie-android__ShadowPosition1 lottie-android__ShadowPosition2 lottie-android__StaticShadow lottie-android__penguin lottie-android__shadow_distance_test lottie-android__shadow_softness_test lottie-android__shadows_test_alpha lottie-ios__issue_1169_shadow_effect lottie-ios__issue_1169_shadow_effect_animated lottie-ios__issue_1169_shadow_style lottie-ios__issue_1169_shadow_style_animated effect-drop-shadow style-drop-shadow',
  'lottie-web\u2019s svg has no perspective':
    'lottie-android__animated_laptop_ lottie-android__GradientColorInterpolation rlottie__3d layer-3d-rotation layer-3d-orientation camera-2node',
  'lottie-web lacks these blend modes, merged paths, masks, effects or styles':
    'lottie-android__play_and_like_it rlottie__you_re_in_ thorvg.example__10456 thorvg.example__16266 thorvg.example__shutup thorvg.example__personal_character lottie-android__LayerBlend_16 lottie-android__LayerBlend_17 lottie-android__Masks lottie-android__landing_page rlottie__F_Masks_All_01_1920x1080 rlottie__F_Masks_All_02_1920x1080 blend-add blend-hardmix effect-tint effect-tritone effect-transform effect-stroke effect-unsupported style-stroke style-color-overlay style-gradient-overlay shape-layer-hidden-items',
  'lottie-web blurs in linear light':
    'lottie-android__PrecompBlur lottie-android__GradientFillBlur thorvg.example__driving',
  'lottie-web puts the copies of a repeater in no order, and adds some':
    'lottie-android__Repeater lottie-android__benchmark rlottie__repro_infinite_loop',
  'its edges or hairlines are less than a pixel wide, and smoothed otherwise': 'thorvg.example__guitar',
  'After Effects hides the lines of a text that do not fit into its box':
    'lottie-android__SzFont lottie-android__SzGlyph',
  'lottie-web joins no letters, kerns none, knows no small capitals, and strokes over every fill':
    'lottie-android__RTL lottie-android__Font_Text_Justification_Translate_Scale_Rotation_Test lottie-android__text-offset-example lottie-android__text_range_test_2 lottie-android__text_range_test lottie-ios__Text_AnimatedProperties lottie-ios__Text_NoAscentOrLineHeight lottie-ios__Text_NoGlyph lottie-ios__blend_mode_test lottie-ios__pr_2436_text_animator_index_alpha_0 lottie-ios__pr_2436_text_animator_overlaid lottie-ios__pr_2436_text_animator_percentage_alpha_50 thorvg.example__24243 thorvg.example__resolver2 thorvg.example__slot11 thorvg.example__textrange text-plain text-stroke-over-fill text-stroke-under-fill text-box text-caps text-small-caps text-baseline-shift text-font-system-fallback-bold-italic text-emoji text-emoji-arabic text-font-not-listed text-multiline-right text-without-line-height text-soft-line-break text-glyphs-missing-chinese text-tracking text-on-path text-animator-rotation-scale text-animator-position-range',
  'it is random, or damaged on purpose': 'lottie-android__bomb rlottie__repro_sbof',
  'After Effects shows what reaches beyond a collapsed composition': 'layer-collapse-ct',
  'lottie-web takes colours from 0 to 1 in an old version for 0 to 255': 'lottie-ios__issue_1887',
  'a layer ends at its out point, whatever crumbs an export of a fraction leaves': 'lottie-android__TimeStretch',
  'lottie-web loops in and out otherwise than the keys and the formula of the loop say':
    'lottie-android__walking_arrow lottie-android__judgement',
  'lottie-web knows no sizes of shapes in expressions': 'expr-sourceRectAtTime-shape',
  'lottie-web weighs the opacity of a text animator twice': 'lottie-web__banner',
  'lottie-web draws a glyph whose group has a transform of its own without the size of the text': 'text-own-glyphs',
  'nobody knows what After Effects draws of it':
    'lottie-android__BounceEasings path-morph-vertex-count ease-overshoot-on-motion-path',
};

const byId = new Map(Object.entries(REASONS).flatMap(([reason, ids]) => ids.split(' ').map((id) => [id, reason])));

/** Why lottie-web's picture says nothing of ours; null if it does. Names of public documents end in a part of their hash. */
export function noMeasure(id: string): string | null {
  return byId.get(id) ?? byId.get(id.replace(/_[0-9a-f]{4}$/, '')) ?? null;
}
