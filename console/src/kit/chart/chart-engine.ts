import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** Only what the kit draws is in this chunk; it is fetched when the first chart is shown. SVG stays sharp and can be printed. */
export function startChart(element: HTMLElement): EChartsType {
  return init(element, null, { renderer: "svg" });
}
