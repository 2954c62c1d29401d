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
  const wide = Math.max(1, step - 1.5);
  const pathOf = (some: readonly { x: number; tall: number }[]) =>
    some.map(({ x, tall }) => `M${x} ${height}v${-tall}h${wide}v${tall}z`).join("");
  const bars = values.map((value, index) => ({ x: index * step, tall: Math.max(1.5, (value / top) * height) }));
  return (
    <svg role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <title>{label}</title>
      {colors ? (
        bars.map(({ x, tall }, index) => (
          <rect
            key={x}
            x={x}
            y={height - tall}
            width={wide}
            height={tall}
            rx={1}
            fill={colors[index] ?? "var(--tocsin-line)"}
          />
        ))
      ) : (
        // Two elements, whatever the number of bars: a list has one of these in each row.
        <>
          <path fill="var(--tocsin-series-ok)" d={pathOf(bars.filter((_, index) => values[index] !== 0))} />
          <path fill="var(--tocsin-line)" d={pathOf(bars.filter((_, index) => values[index] === 0))} />
        </>
      )}
    </svg>
  );
}
