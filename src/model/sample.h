/* SPDX-License-Identifier: Apache-2.0
 *
 * sample: one measured value of one metric, as it is kept for forecasts. Base units, as the metric.
 */
#ifndef MODEL_SAMPLE_H
#define MODEL_SAMPLE_H

#include "base/span.h"

struct sample {
	instant at;
	double value; /* NaN: not measured; forecasts leave it out */
	double bound; /* the truth is within value ± bound; 0 is exact */
};

#endif
