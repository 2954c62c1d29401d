import { encode } from "uqr";

/** A QR code, dark on light in every colour scheme, for cameras read nothing else well. */
export function Qr({ value, label, size = 196 }: { value: string; label: string; size?: number }) {
  const { data, size: cells } = encode(value, { ecc: "M", border: 2 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <svg
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={`0 0 ${cells} ${cells}`}
      shapeRendering="crispEdges"
      style={{ background: "#fff", borderRadius: 8 }}
    >
      <title>{label}</title>
      <path d={path} fill="#0b1015" />
    </svg>
  );
}
