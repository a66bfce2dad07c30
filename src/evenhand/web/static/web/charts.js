// Charts of lines over days: <div data-chart="{…}">, drawn by ECharts in the colors of the page.
// The same figures stand in a table beside each; without this script nothing is missing.
(() => {
  "use strict";
  const places = [...document.querySelectorAll("[data-chart]")];
  if (!window.echarts || places.length === 0) return;

  const color = (name) => {
    const probe = document.createElement("span");
    probe.style.color = `var(${name})`;
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  };
  const tones = () => ({
    owed: color("--care"), ahead: color("--tblr-primary"), own: color("--good"),
    target: color("--bad"), bound: color("--calm"),
    words: color("--tblr-secondary-color"), edge: color("--tblr-border-color"),
    back: color("--tblr-bg-surface"), ink: color("--tblr-body-color"),
  });

  function options(data, tone) {
    const flat = (bound, value) => ({
      name: bound.name, type: "line", symbol: "none", data: data.days.map(() => value),
      lineStyle: { type: "dashed", width: 1.5, color: tone[bound.tone] },
      itemStyle: { color: tone[bound.tone] },
    });
    const series = data.lines.map((line) => ({
      name: line.name, type: "line", data: line.values, symbol: data.days.length > 40 ? "none" : "circle",
      symbolSize: 5, lineStyle: { width: 2, color: tone[line.tone] }, itemStyle: { color: tone[line.tone] },
    }));
    for (const bound of data.bounds) {
      series.push(flat(bound, bound.value));
      if (!bound.one_sided) series.push(flat(bound, -bound.value));
    }
    const selected = {};
    for (const bound of data.bounds) selected[bound.name] = bound.is_on;
    const text = { color: tone.words, fontFamily: "inherit" };
    return {
      animation: false,
      grid: { left: 8, right: 16, top: 64, bottom: 8, containLabel: true },
      legend: { type: "scroll", top: 0, left: 0, textStyle: text, inactiveColor: tone.edge, selected, data: [...new Set(series.map((one) => one.name))] },
      // Drawn on the canvas: a box of HTML would need style attributes, which the page forbids.
      tooltip: { trigger: "axis", renderMode: "richText", backgroundColor: tone.back, borderColor: tone.edge, textStyle: { color: tone.ink } },
      xAxis: { type: "category", data: data.days, boundaryGap: false, axisLabel: { ...text, hideOverlap: true, formatter: (day) => day.slice(5) }, axisLine: { lineStyle: { color: tone.edge }, onZero: false } },
      yAxis: { type: "value", name: data.unit, nameGap: 12, nameTextStyle: { ...text, align: "left" }, axisLabel: text, splitLine: { lineStyle: { color: tone.edge } } },
      series,
    };
  }

  const charts = places.map((place) => [window.echarts.init(place), JSON.parse(place.dataset.chart)]);
  const draw = () => {
    const tone = tones();
    for (const [chart, data] of charts) chart.setOption(options(data, tone), true);
  };
  draw();
  new ResizeObserver(() => charts.forEach(([chart]) => chart.resize())).observe(document.body);
  new MutationObserver(draw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
})();
