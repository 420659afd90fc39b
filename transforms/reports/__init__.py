"""View models: what each report says, pure and frozen, before any language or layout is chosen."""

from transforms.reports.acknowledgement_page import AcknowledgementReport, acknowledgement_report
from transforms.reports.company import company_report
from transforms.reports.company_model import CompanyReport
from transforms.reports.department import department_report
from transforms.reports.employee import employee_report
from transforms.reports.employee_model import EmployeeReport
from transforms.reports.groups import DepartmentReport
from transforms.reports.model import AppealWindow, GradeBound, Kind, ReportContext, ScorePoint
from transforms.reports.revision_model import Acknowledged, Against, Reason, SlipView

Report = EmployeeReport | DepartmentReport | CompanyReport | AcknowledgementReport

__all__ = [
    "Acknowledged",
    "AcknowledgementReport",
    "Against",
    "AppealWindow",
    "CompanyReport",
    "DepartmentReport",
    "EmployeeReport",
    "GradeBound",
    "Kind",
    "Reason",
    "Report",
    "ReportContext",
    "ScorePoint",
    "SlipView",
    "acknowledgement_report",
    "company_report",
    "department_report",
    "employee_report",
]
