# docgen：make run 生成示例全套材料，make test 检查并测试。只需 Python 3.11+ 和 make。

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
EXACT  := docgen/quantity.py,docgen/model/*,docgen/packs/*,docgen/figures/*,docgen/checks/*
INPUT  ?= inputs/xinxiang-2021.xlsx

.PHONY: help run test lint cover bench bench-county mutate fmt goldens clean
.DEFAULT_GOAL := help

help:  ## 列出这些命令
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.run  ## 用示例工作簿生成全套材料（INPUT=另一份.xlsx）
	@$(BIN)/docgen run $(INPUT)

test: lint  ## 全部检查和测试
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

cover: $(VENV)/.dev  ## 测试并报告分支覆盖率；算数和规则的包要求 100%
	$(BIN)/python -m pytest -n auto --cov --cov-report=
	$(BIN)/coverage report
	$(BIN)/coverage report --fail-under=100 --include='$(EXACT)'

bench: $(VENV)/.dev  ## 与 docxtpl、openpyxl 比速度，约两分钟
	$(BIN)/python -m benchmarks.form_a
	$(BIN)/python -m benchmarks.whole_run
	$(BIN)/python -m benchmarks.scaling
	$(BIN)/python -m benchmarks.findings

mutate: $(VENV)/.dev  ## 把样例改错 2,000 处，看查不查得出、有没有误报
	$(BIN)/python -m benchmarks.mutate

bench-county: $(VENV)/.dev  ## 一个县 80 个部门（和 1000 个部门）的速度和内存，约六分钟
	$(BIN)/python -m benchmarks.county

fmt: $(VENV)/.dev  ## 整理代码格式
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

goldens: $(VENV)/.dev  ## 用现在的输出更新期望文本，再用 git diff 逐行看
	$(BIN)/python -m pytest -n auto --accept

clean:  ## 删除环境和缓存；outputs/ 里可能有人改过的文件，不动
	rm -rf $(VENV) build dist .coverage .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find docgen tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "docgen 需要 Python 3.11 或更新的版本。若已另行安装，请用：make PYTHON=python3.12 run"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "这个 Python 缺少 venv 模块。Debian/Ubuntu 请先运行：sudo apt install python3-venv"; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(BIN)/python
	@echo "准备运行环境 $(VENV)（只在第一次，或依赖有变时）……"
	@$(PIP) --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	@echo "准备开发环境 $(VENV)（只在第一次，或依赖有变时）……"
	@$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/.run
