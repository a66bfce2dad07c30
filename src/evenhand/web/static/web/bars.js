// Bars of two sides beside each other: <div data-bars="{…}">, drawn by ECharts in the colors of the page.
// The same figures stand in the table below; without this script nothing is missing.
(() => {
  "use strict";
  const places = [...document.querySelectorAll("[data-bars]")];
  if (!window.echarts || places.length === 0) return;

  const color = (name) => {
    const probe = document.createElement("span");
    probe.style.color = `var(${name})`;
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  };

  function options(data) {
    const tone = { calm: color("--calm"), main: color("--tblr-primary") };
    const text = { color: color("--tblr-secondary-color"), fontFamily: "inherit" };
    const edge = color("--tblr-border-color");
    return {
      animation: false,
      grid: { left: 8, right: 24, top: 32, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0, textStyle: text },
      // Drawn on the canvas: a box of HTML would need style attributes, which the page forbids.
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText", backgroundColor: color("--tblr-bg-surface"), borderColor: edge, textStyle: { color: color("--tblr-body-color") } },
      xAxis: { type: "category", data: data.names, axisLabel: { ...text, interval: 0, width: 64, overflow: "truncate", rotate: data.names.length > 8 ? 45 : 0 }, axisLine: { lineStyle: { color: edge } } },
      yAxis: { type: "value", axisLabel: text, splitLine: { lineStyle: { color: edge } } },
      series: data.bars.map((bar) => ({ name: bar.name, type: "bar", stack: data.stack, data: bar.values, itemStyle: { color: tone[bar.tone] } })),
    };
  }

  const charts = places.map((place) => [window.echarts.init(place), JSON.parse(place.dataset.bars)]);
  const draw = () => charts.forEach(([chart, data]) => chart.setOption(options(data), true));
  draw();
  new ResizeObserver(() => charts.forEach(([chart]) => chart.resize())).observe(document.body);
  new MutationObserver(draw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
})();
