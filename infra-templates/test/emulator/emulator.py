"""moto_server, made strict enough to test whole templates against.

moto skips resource types it does not know and leaves references to them empty. Here every such type gets a
generic resource with an id and attributes, so that wiring between stacks is exercised; and every resource's
resolved properties are written to a journal (JSON lines) that the tests read.

Usage: emulator.py PORT JOURNAL
"""

import json
import logging
import re
import sys
import threading
import warnings

warnings.filterwarnings("ignore")

from moto.cloudformation import models, parsing, responses, utils
from moto.cloudformation.exceptions import ValidationError
from moto.core.common_models import CloudFormationModel
from moto.ec2.exceptions import DependencyViolationError
from moto.ecs import models as ecs
from moto.elbv2 import models as elbv2
from moto.secretsmanager import secretsmanager_backends
from moto.server import main

PORT, JOURNAL = sys.argv[1], sys.argv[2]
lock = threading.Lock()


def journal(**entry):
    with lock, open(JOURNAL, "a", encoding="utf-8") as file:
        file.write(json.dumps(entry, default=str) + "\n")


class Generic(CloudFormationModel):
    """Stands for a resource of any type: `Ref` gives an id, `GetAtt` a value made from type, id and attribute."""

    __module__ = "moto.ext.models"

    def __init__(self, type_name, name, account_id, region_name):
        self.type, self.name, self.account_id, self.region_name = type_name, name, account_id, region_name
        self.service = type_name.split("::")[1].lower()
        self.data = {}
        self.properties = {}

    @property
    def physical_resource_id(self):
        if self.type in ("AWS::SecretsManager::Secret", "AWS::SNS::Subscription", "AWS::ECS::CapacityProvider"):
            return self.arn
        if self.type == "AWS::CloudFront::VpcOrigin":
            return f"vo_{self.name[-12:]}"
        return self.name

    @property
    def arn(self):
        return f"arn:aws:{self.service}:{self.region_name}:{self.account_id}:{self.name}"

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "Observe::Generic"

    @classmethod
    def has_cfn_attr(cls, attr):
        return True

    def get_cfn_attribute(self, attribute_name):
        if attribute_name.endswith("Arn"):
            return self.arn
        if attribute_name == "ApiEndpoint":
            return f"https://{self.name.lower()}.execute-api.{self.region_name}.amazonaws.com"
        if attribute_name in ("DomainName", "DomainEndpoint", "Endpoint", "Endpoint.Address"):
            return f"{self.name.lower()}.{self.service}.example.com"
        return self.data.get(attribute_name, f"{self.name}-{attribute_name}")

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json.get("Properties", {})
        resource = cls(kwargs["ResourceType"], properties.get("Name") or resource_name, account_id, region_name)
        resource.properties = properties
        if resource.type == "AWS::SecretsManager::Secret":
            # A real one, so that the commands that read it work.
            secrets = secretsmanager_backends[account_id][region_name]
            secrets.create_secret(
                name=resource.name,
                secret_string="generated",
                secret_binary=None,
                description="",
                tags=[],
                kms_key_id=None,
                client_request_token=None,
                replica_regions=[],
                force_overwrite=False,
            )
        return resource

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        original_resource.properties = cloudformation_json.get("Properties", {})
        return original_resource

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
        pass

    def delete(self, account_id, region_name):
        if str(self.properties.get("DeletionProtection")).lower() == "true":
            raise ValidationError(message=f"Cannot delete protected DB Instance {self.name}, please disable deletion protection")
        if self.type == "AWS::SecretsManager::Secret":
            secrets = secretsmanager_backends[account_id][region_name]
            secrets.delete_secret(self.name, recovery_window_in_days=None, force_delete_without_recovery=True)


original_class_from_type = parsing.resource_class_from_type


# moto knows these, but not as CloudFormation hands them over.
UNFIT = ("AWS::RDS::", "AWS::EFS::")


def class_from_type(resource_type):
    if resource_type.startswith(UNFIT):
        return Generic
    if resource_type.startswith("Custom::") or resource_type not in parsing.get_model_map():
        return Generic
    return original_class_from_type(resource_type)


parsing.resource_class_from_type = class_from_type


def with_secrets(value):
    """Dynamic references become a value that names the secret, as short as a real one."""
    if isinstance(value, dict):
        return {key: with_secrets(item) for key, item in value.items()}
    if isinstance(value, list):
        return [with_secrets(item) for item in value]
    if isinstance(value, str):
        return re.sub(r"\{\{resolve:secretsmanager:[^}]*?([^:}]{1,24})\}\}", r"secret-of-\1", value)
    return value


original_resolve = parsing.parse_resource_and_generate_name


def resolve(logical_id, resource_json, resources_map):
    resolved = original_resolve(logical_id, resource_json, resources_map)
    kind, resource, name = resolved
    resource = with_secrets(resource)
    journal(
        action="resolve",
        stack=resources_map["AWS::StackName"],
        type=resource_json["Type"],
        logicalId=logical_id,
        name=name,
        properties=resource.get("Properties", {}),
    )
    return kind, resource, name


parsing.parse_resource_and_generate_name = resolve

original_delete = parsing.ResourceMap._delete_resource
rollbacks = []


def delete(self, parsed_resource, resource_json):
    # moto knows plain Retain only.
    policy = resource_json.get("DeletionPolicy")
    if policy == "RetainExceptOnCreate" and not rollbacks:
        return
    try:
        original_delete(self, parsed_resource, resource_json)
    except DependencyViolationError:
        pass  # moto never takes routes and associations apart, and so never gets rid of a VPC.
    entry = {"type": resource_json["Type"], "logicalId": getattr(parsed_resource, "logical_resource_id", "")}
    journal(action="snapshot" if policy == "Snapshot" else "delete", **entry)


parsing.ResourceMap._delete_resource = delete


def roll_back(resource_map):
    """Deletes what a failed creation has made so far, as CloudFormation does and moto does not."""
    rollbacks.append(resource_map)
    try:
        resource_map.delete()
    finally:
        rollbacks.pop()


original_delete_stack = models.CloudFormationBackend.delete_stack


def delete_stack(self, name_or_stack_id):
    """moto forgets a stack whose deletion failed, and then takes it for deleted."""
    stack = self.stacks.get(name_or_stack_id)
    try:
        original_delete_stack(self, name_or_stack_id)
    except Exception:
        if stack:
            stack.status = "DELETE_FAILED"
            self.stacks[name_or_stack_id] = stack
        raise


models.CloudFormationBackend.delete_stack = delete_stack

RULES = {
    "Fn::And": all,
    "Fn::Or": any,
    "Fn::Not": lambda given: not given[0],
    "Fn::Equals": lambda given: str(given[0]) == str(given[1]),
    "Fn::Contains": lambda given: str(given[1]) in map(str, given[0]),
}


def rule_value(expression, values):
    """Evaluates Rules, where CloudFormation knows a few functions and no others. moto ignores Rules."""
    if isinstance(expression, list):
        return [rule_value(item, values) for item in expression]
    if not isinstance(expression, dict):
        return expression
    ((function, argument),) = expression.items()
    if function == "Ref":
        return values[argument]
    if function not in RULES:
        raise ValidationError(message=f"Template validation error: {function} is not supported in Rules")
    return RULES[function](rule_value(argument, values))


def check_parameters(template, values):
    """Constraints and Rules, which CloudFormation checks before it makes anything."""
    for name, slot in template.get("Parameters", {}).items():
        given = str(values[name])
        problem = "MaxLength" in slot and len(given) > slot["MaxLength"]
        problem = problem or "AllowedValues" in slot and given not in map(str, slot["AllowedValues"])
        problem = problem or "AllowedPattern" in slot and not re.fullmatch(slot["AllowedPattern"], given)
        if problem:
            raise ValidationError(message=f"Parameter {name}: {slot.get('ConstraintDescription', slot)}")
    for rule in template.get("Rules", {}).values():
        if rule_value(rule.get("RuleCondition", True), values):
            for assertion in rule["Assertions"]:
                if not rule_value(assertion["Assert"], values):
                    raise ValidationError(message=assertion["AssertDescription"])


original_load_parameters = parsing.ResourceMap.load_parameters


def load_parameters(self):
    """CloudFormation splits the default of a list parameter as it splits a given value; moto forgets the default."""
    for name, value in self.input_parameters.items():
        if isinstance(value, list):
            self.input_parameters[name] = ",".join(str(item) for item in value)
    original_load_parameters(self)
    for name, slot in self._template.get("Parameters", {}).items():
        value = self.resolved_parameters.get(name)
        is_list = slot["Type"] == "CommaDelimitedList" or slot["Type"].startswith("List<")
        if is_list and isinstance(value, str):
            self.resolved_parameters[name] = value.split(",")
    check_parameters(self._template, self.resolved_parameters)
    self._parsed_resources.update(self.resolved_parameters)


parsing.ResourceMap.load_parameters = load_parameters

original_from_url = utils.get_stack_from_s3_url


def from_url(template_url, account_id, partition):
    """`aws cloudformation package` writes path-style URLs of the endpoint it was given, which moto cannot read."""
    return original_from_url(
        re.sub(r"^http://127\.0\.0\.1:\d+/", "https://s3.amazonaws.com/", template_url), account_id, partition
    )


for module in (utils, models, responses):
    module.get_stack_from_s3_url = from_url


def with_full_name(model, attribute, marker):
    """The name of a load balancer or target group as CloudWatch dimensions have it, which moto leaves out."""
    original = getattr(model, "get_cfn_attribute", None)

    def get_cfn_attribute(self, attribute_name):
        if attribute_name != attribute:
            return original(self, attribute_name)
        arn = self.physical_resource_id
        return arn[arn.index(marker) :].removeprefix("loadbalancer/")

    model.get_cfn_attribute = get_cfn_attribute


with_full_name(elbv2.FakeLoadBalancer, "LoadBalancerFullName", "loadbalancer/")
with_full_name(elbv2.FakeTargetGroup, "TargetGroupFullName", "targetgroup/")


def stack_attribute(self, attribute_name):
    output = self.output_map[attribute_name.removeprefix("Outputs.")]
    if output is None or output.value in (None, ""):
        raise ValidationError(message=f"Stack {self.name} has no output {attribute_name}")
    return output.value


models.Stack.has_cfn_attr = classmethod(lambda cls, attr: attr.startswith("Outputs."))
models.Stack.get_cfn_attribute = stack_attribute


parents = []


def inside(original):
    """Remembers whose resources are being made, so that nested stacks get the tags of their parent."""

    def wrapped(self, *args, **kwargs):
        parents.append(self)
        try:
            return original(self, *args, **kwargs)
        finally:
            parents.pop()

    return wrapped


parsing.ResourceMap.create = inside(parsing.ResourceMap.create)
parsing.ResourceMap.update = inside(parsing.ResourceMap.update)


def create_nested(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    """CloudFormation passes the tags of a stack on to its nested stacks; moto does not."""
    properties = cloudformation_json["Properties"]
    tags = {key: value for key, value in parents[-1].tags.items() if not key.startswith("aws:")}
    tags.update({tag["Key"]: tag["Value"] for tag in properties.get("Tags", [])})
    backend = models.cloudformation_backends[account_id][region_name]
    try:
        return backend.create_stack(
            name=resource_name,
            template=from_url(properties["TemplateURL"], account_id, "aws"),
            parameters={key: str(value) for key, value in properties.get("Parameters", {}).items()},
            tags=tags,
        )
    except Exception:
        for stack in [one for one in backend.stacks.values() if one.name == resource_name]:
            roll_back(stack.resource_map)
            del backend.stacks[stack.stack_id]
        raise


models.Stack.create_from_cloudformation_json = classmethod(create_nested)


original_diff = parsing.ResourceMap.build_resource_diff


def resource_diff(self, other_template, parameters=None):
    """CloudFormation compares values. moto compares text, and so misses what reads a mapping that changed."""
    actions = original_diff(self, other_template, parameters)
    if self._template.get("Mappings") != other_template.get("Mappings"):
        for name, resource in other_template["Resources"].items():
            known = name in self._template["Resources"] and name not in actions["Modify"]
            if known and "Fn::FindInMap" in json.dumps(resource):
                actions["Modify"].append(name)
    return actions


parsing.ResourceMap.build_resource_diff = resource_diff


original_update_resource = parsing.parse_and_update_resource


def update_resource(logical_id, resource_json, resources_map, account_id, region_name):
    """moto forgets conditions when it updates a stack."""
    condition = resource_json.get("Condition")
    if condition and not resources_map.lazy_condition_map[condition]:
        return None
    if resources_map._parsed_resources.get(logical_id) is None:
        return resources_map[logical_id]
    return original_update_resource(logical_id, resource_json, resources_map, account_id, region_name)


parsing.parse_and_update_resource = update_resource


def update_nested(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    """moto replaces a nested stack on update, buckets and all; CloudFormation updates it in place."""
    properties = cloudformation_json["Properties"]
    template = from_url(properties["TemplateURL"], account_id, "aws")
    original_resource.update(template, parameters={k: str(v) for k, v in properties.get("Parameters", {}).items()})
    return original_resource


models.Stack.update_from_cloudformation_json = classmethod(update_nested)

original_apply = models.ChangeSet.apply


def apply(self):
    """moto forgets the outputs of a stack that a change set creates or updates."""
    try:
        original_apply(self)
    except Exception:
        resources = self.stack.resource_map
        # What CloudFormation refuses before it begins stays to be tried again.
        if self.change_set_type == "CREATE" and any(name in resources._parsed_resources for name in resources):
            roll_back(resources)
            self.stack.status = "ROLLBACK_COMPLETE"
        raise
    self.stack.template_dict = self.template_dict
    self.stack.parameters = self.parameters
    self.stack.output_map = parsing.OutputMap(self.stack.resource_map, self.template_dict, self.stack.stack_id)


models.ChangeSet.apply = apply

original_cluster = ecs.Cluster.create_from_cloudformation_json.__func__


def create_cluster(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    """moto drops the tags of a cluster, and then stops listing tagged resources at it."""
    cluster = original_cluster(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs)
    tags = cloudformation_json["Properties"].get("Tags", [])
    cluster.tags = [{"key": tag["Key"], "value": tag["Value"]} for tag in tags]
    return cluster


ecs.Cluster.create_from_cloudformation_json = classmethod(create_cluster)

logging.getLogger("werkzeug").setLevel(logging.ERROR)
main(["-H", "127.0.0.1", "-p", PORT])
