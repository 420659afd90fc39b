"""View models: what each report says, pure and frozen, before any language or layout is chosen."""

from transforms.reports.company import company_report
from transforms.reports.department import department_report
from transforms.reports.employee import employee_report
from transforms.reports.employee_model import EmployeeReport
from transforms.reports.groups import CompanyReport, DepartmentReport
from transforms.reports.model import AppealWindow, GradeBound, Kind, ReportContext, ScorePoint

Report = EmployeeReport | DepartmentReport | CompanyReport

__all__ = [
    "AppealWindow",
    "CompanyReport",
    "DepartmentReport",
    "EmployeeReport",
    "GradeBound",
    "Kind",
    "Report",
    "ReportContext",
    "ScorePoint",
    "company_report",
    "department_report",
    "employee_report",
]
