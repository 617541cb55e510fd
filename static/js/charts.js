// Draws every <figure data-chart> from its JSON, in the colours of the theme, and again when the theme changes.
// Loaded by pages with charts: {% block js %} with chart.umd.min.js before it.
const Chart = window.Chart;
const drawn = new Map();
const hues = ["--pine", "--plum", "--sky", "--mustard", "--persimmon"];

const colour = (name) => {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
};

function draw(figure) {
  const data = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  drawn.get(figure)?.destroy();
  const text = colour("--soft-ink");
  const line = colour("--hairline");
  const axis = { ticks: { color: text }, grid: { color: line }, border: { display: false } };
  drawn.set(
    figure,
    new Chart(figure.querySelector("canvas"), {
      type: data.kind === "bar" ? "bar" : "line",
      data: {
        labels: data.labels,
        datasets: data.series.map((series, n) => ({
          label: series.name,
          data: series.values,
          borderColor: colour(hues[n % hues.length]),
          backgroundColor: colour(hues[n % hues.length]),
          borderWidth: 2,
          borderRadius: 4,
          pointRadius: data.labels.length > 40 ? 0 : 3,
          tension: 0,
          stepped: data.kind === "step",
        })),
      },
      options: {
        maintainAspectRatio: false,
        animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 180 },
        plugins: { legend: { display: data.series.length > 1, labels: { color: text } } },
        scales: { x: { ...axis, grid: { display: false } }, y: { ...axis, beginAtZero: data.kind === "bar" } },
      },
    }),
  );
}

const all = () => document.querySelectorAll("figure[data-chart]").forEach(draw);
if (Chart) {
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  all();
  document.addEventListener("theme", all);
}
