// SPDX-License-Identifier: GPL-3.0-or-later
//
// Measures a compiled Stan program. Linked to the model that stanc made:
//
//   model DATA.json POINTS.txt
//
// POINTS.txt has the number of unconstrained coordinates, then the coordinates
// of each point. One line of JSON is printed when the model is ready, with the
// density and gradient at each point. Then each line on the standard input, a
// number of seconds, is answered by microseconds a gradient at the first point.
#include <stan/callbacks/interrupt.hpp>
#include <stan/io/json/json_data.hpp>
#include <stan/math/rev.hpp>
#include <stan/model/log_prob_grad.hpp>
#include <stan/model/model_base.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

stan::model::model_base& new_model(stan::io::var_context& data, unsigned int seed,
                                   std::ostream* messages);

using Clock = std::chrono::steady_clock;

static double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

static double evaluate(const stan::model::model_base& model, Eigen::VectorXd& point,
                       Eigen::VectorXd& gradient) {
  return stan::model::log_prob_grad<true, true>(model, point, gradient, nullptr);
}

// The median over batches of about a hundredth of the time.
static double measure(const stan::model::model_base& model, Eigen::VectorXd& point,
                      Eigen::VectorXd& gradient, double seconds) {
  long batch = 1;
  std::vector<double> rates;
  const auto begin = Clock::now();
  while (since(begin) < seconds || rates.empty()) {
    const auto start = Clock::now();
    for (long i = 0; i < batch; ++i) evaluate(model, point, gradient);
    const double time = since(start);
    if (time < seconds / 100)
      batch *= 2;
    else
      rates.push_back(time / batch * 1e6);
  }
  std::sort(rates.begin(), rates.end());
  return rates[rates.size() / 2];
}

static double peak_megabytes() {
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line))
    if (line.rfind("VmHWM:", 0) == 0) return std::stod(line.substr(6)) / 1024;
  return 0;
}

int main(int count, char** arguments) {
  if (count != 3) return 2;
  std::vector<Eigen::VectorXd> points;
  std::ifstream file(arguments[2]);
  long size;
  file >> size;
  for (;;) {
    Eigen::VectorXd point(size);
    for (long i = 0; i < size; ++i) file >> point[i];
    if (!file) break;
    points.push_back(point);
    if (size == 0) break;
  }
  const auto start = Clock::now();
  std::ifstream text(arguments[1]);
  stan::json::json_data data(text);
  auto& model = new_model(data, 1, &std::cerr);
  Eigen::VectorXd gradient(size);
  if (static_cast<long>(model.num_params_r()) != size) {
    std::cerr << "the program has " << model.num_params_r() << " coordinates, the point " << size;
    return 1;
  }
  evaluate(model, points[0], gradient);
  const double preparation = since(start) * 1e3;
  std::printf("{\"preparation\": %.4f, \"memory\": %.1f, \"points\": [", preparation,
              peak_megabytes());
  for (size_t p = 0; p < points.size(); ++p) {
    const double value = evaluate(model, points[p], gradient);
    std::printf("%s{\"log_density\": %.17g, \"gradient\": [", p ? ", " : "", value);
    for (long i = 0; i < size; ++i) std::printf("%s%.17g", i ? ", " : "", gradient[i]);
    std::printf("]}");
  }
  std::printf("]}\n");
  std::fflush(stdout);
  double seconds;
  while (std::cin >> seconds) {
    std::printf("%.6f\n", measure(model, points[0], gradient, seconds));
    std::fflush(stdout);
  }
}
