type Props = {
  values: readonly number[];
  /** What the bars show, for those who do not see them. */
  label: string;
  width?: number;
  height?: number;
  colors?: readonly string[];
};

/** Bars without axes; a value of 0 keeps a hairline, so that the span stays visible. */
export function Sparkline({ values, label, width = 96, height = 24, colors }: Props) {
  const top = Math.max(1, ...values);
  const step = width / Math.max(1, values.length);
  return (
    <svg role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <title>{label}</title>
      {values.map((value, index) => {
        const tall = Math.max(1.5, (value / top) * height);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={index}
            x={index * step}
            y={height - tall}
            width={Math.max(1, step - 1.5)}
            height={tall}
            rx={1}
            fill={colors?.[index] ?? (value === 0 ? "var(--tocsin-line)" : "var(--tocsin-series-ok)")}
          />
        );
      })}
    </svg>
  );
}
