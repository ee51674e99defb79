/** What of SVG is kept. */

export const SVG = 'http://www.w3.org/2000/svg';
export const XLINK = 'http://www.w3.org/1999/xlink';
export const XML = 'http://www.w3.org/XML/1998/namespace';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** https://www.w3.org/TR/SVG2/eltindex.html without what runs, animates, links or embeds. */
export const ELEMENTS = words(`
  svg g defs symbol use switch title desc style
  path rect circle ellipse line polyline polygon text tspan textPath image
  linearGradient radialGradient stop pattern clipPath mask marker
  filter feGaussianBlur feOffset feMerge feMergeNode feColorMatrix feComponentTransfer feFuncR feFuncG feFuncB feFuncA
  feFlood feComposite feBlend feDropShadow feMorphology`);
/** The element goes, what is inside it stays. */
export const UNWRAPPED = words('a');
export const RUNS = words('script handler listener');
export const HOLDS_TEXT = words('text tspan textPath title desc style');

/** https://www.w3.org/TR/SVG2/attindex.html and https://www.w3.org/TR/SVG2/propidx.html without events and addresses. */
export const ATTRIBUTES = words(`
  id class style lang role tabindex version viewBox preserveAspectRatio transform width height x y x1 y1 x2 y2 cx cy r rx ry
  fx fy fr dx dy rotate textLength lengthAdjust d points pathLength offset method spacing side startOffset
  gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits patternTransform
  clipPathUnits maskUnits maskContentUnits markerUnits markerWidth markerHeight refX refY orient
  filterUnits primitiveUnits in in2 result stdDeviation values type operator mode k1 k2 k3 k4 radius edgeMode tableValues
  slope intercept amplitude exponent media systemLanguage
  alignment-baseline baseline-shift clip-path clip-rule color color-interpolation color-interpolation-filters
  color-rendering cursor direction display dominant-baseline fill fill-opacity fill-rule filter flood-color flood-opacity
  font font-family font-size font-size-adjust font-stretch font-style font-variant font-weight glyph-orientation-vertical
  image-rendering isolation letter-spacing marker marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity
  overflow paint-order pointer-events shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
  stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration text-rendering
  transform-origin unicode-bidi vector-effect visibility white-space word-spacing writing-mode`);
export const ARIA = /^aria-[a-z]+$/;
export const XML_ATTRIBUTES = words('space lang');

/** A bitmap inside the drawing. */
export const EMBEDDED = /^data:image\/(?:png|jpe?g|webp|gif|avif);base64,([A-Za-z0-9+/=\s]+)$/;
